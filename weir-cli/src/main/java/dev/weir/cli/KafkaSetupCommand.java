package dev.weir.cli;

import dev.weir.cli.access.AccessRule;
import dev.weir.cli.access.KafkaAccounts;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.stack.TopicCreator;
import dev.weir.stack.TopicDeclaration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings a Kafka cluster's topics, accounts and rights to what is declared. */
@Command(
    name = "kafka-setup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Create what is declared and missing in Kafka: topics (infra/kafka/topics.conf), and with"
            + " --access accounts and their rights. May be repeated; a topic is never made smaller.",
    footer = "The password of an account NAME is taken from the environment's KAFKA_NAME_PASSWORD.")
final class KafkaSetupCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Spec private @Nullable CommandSpec command;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--access",
      paramLabel = "FILE",
      description = "Accounts and rights, as infra/kafka/access.conf.")
  private @Nullable Path access;

  @Override
  public Integer call() throws Exception {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    PrintWriter out = command.commandLine().getOut();
    KafkaAccess connection = patient(kafka.access(command));
    List<AccessRule> rules = access == null ? List.of() : rules(command, access);
    Map<String, String> passwords = passwords(command, rules, System.getenv());
    try (Admin admin = connection.admin()) {
      if (!rules.isEmpty()) {
        out.println(setUp(new KafkaAccounts(admin), passwords, rules));
      }
      List<TopicDeclaration> topics = TopicDeclaration.declared();
      try (TopicCreator creator = TopicCreator.using(admin)) {
        creator.create(topics);
      }
      out.printf(Locale.ROOT, "topics: %d, as declared%n", topics.size());
    } catch (ExecutionException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "Kafka at %s: %s".formatted(connection.servers(), reason.getMessage()), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka at %s does not answer".formatted(connection.servers()), e);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** A Kafka that has just been started may take its time. */
  private static KafkaAccess patient(KafkaAccess access) {
    Map<String, String> properties = new HashMap<>(access.properties());
    properties.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
    return new KafkaAccess(properties);
  }

  private static String setUp(
      KafkaAccounts accounts, Map<String, String> passwords, List<AccessRule> rules)
      throws ExecutionException, InterruptedException {
    accounts.setPasswords(passwords);
    KafkaAccounts.Changes changes = accounts.setRights(rules);
    return "accounts: %s; rights granted: %d, revoked: %d"
        .formatted(String.join(", ", passwords.keySet()), changes.granted(), changes.revoked());
  }

  private static List<AccessRule> rules(CommandSpec spec, Path file) {
    try {
      return AccessRule.parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "--access: cannot read " + file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), file + ", " + e.getMessage());
    }
  }

  private static Map<String, String> passwords(
      CommandSpec spec, List<AccessRule> rules, Map<String, String> environment) {
    Map<String, String> passwords = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (String account : rules.stream().map(AccessRule::account).distinct().toList()) {
      String variable = "KAFKA_" + account.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
      String password = environment.getOrDefault(variable, "");
      if (password.isEmpty()) {
        problems.add("account %s needs a password in %s".formatted(account, variable));
      }
      passwords.put(account, password);
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    return passwords;
  }
}
