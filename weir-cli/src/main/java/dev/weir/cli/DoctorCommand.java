package dev.weir.cli;

import dev.weir.cli.doctor.Doctor;
import dev.weir.cli.doctor.DoctorReport;
import dev.weir.cli.doctor.Expectations;
import dev.weir.cli.doctor.ReportJson;
import dev.weir.cli.doctor.Targets;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.stack.TopicDeclaration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Examines every server of a pipeline for what could lose or strand data. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Examine the MQTT broker, Kafka, Connect and the database for settings and states that"
            + " could lose data (LOSS) or leave it waiting for a person (STRAND), with the reason"
            + " and the fix. Changes nothing.",
    footer = "Exit code: 0 nothing of the kind, 1 findings, 3 a server could not be reached.")
final class DoctorCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec command;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--connect",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8083",
      description = "The Connect REST API (default: ${DEFAULT-VALUE}).")
  private URI connect = URI.create("http://127.0.0.1:8083");

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      defaultValue = "jdbc:postgresql://127.0.0.1:5432/weir?user=weir",
      description = "The database (default: ${DEFAULT-VALUE}).")
  private String database = "";

  @Option(
      names = "--bridge",
      paramLabel = "URL",
      arity = "1..*",
      description = "HTTP addresses of bridge replicas, to ask for /ready.")
  private List<URI> bridges = new ArrayList<>();

  @Option(
      names = "--emqx-api",
      paramLabel = "URL",
      description = "EMQX's REST API, as http://127.0.0.1:18083, to look into the sessions.")
  private @Nullable URI emqxApi;

  @Option(
      names = "--emqx-key",
      paramLabel = "KEY:SECRET",
      defaultValue = "${env:EMQX_API_KEY}",
      description = "Its API key (default: the environment's EMQX_API_KEY).")
  private @Nullable String emqxKey;

  @Mixin private DoctorExpectations expectations = new DoctorExpectations();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long an answer may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(names = "--verbose", description = "List every check, not only what was found.")
  private boolean verbose;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    Expectations expected = expectations.checked();
    DoctorReport report =
        new Doctor(targets(command), expected, timeout, TopicDeclaration.declared()).examine();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(ReportJson.of(report));
      out.flush();
    } else {
      report.print(out, verbose);
    }
    if (!report.complete()) {
      return ExitCode.NOT_STARTED;
    }
    return report.sound() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Targets targets(CommandSpec spec) {
    KafkaAccess access = kafka.access(spec);
    return new Targets(
        broker.endpoint(),
        access.servers(),
        access.properties(),
        connect,
        database,
        bridges,
        emqx(spec));
  }

  private Targets.@Nullable Emqx emqx(CommandSpec spec) {
    URI api = emqxApi;
    if (api == null) {
      return null;
    }
    String key = emqxKey;
    if (key == null || !key.contains(":")) {
      throw new ParameterException(
          spec.commandLine(), "--emqx-api needs --emqx-key KEY:SECRET (or EMQX_API_KEY)");
    }
    return new Targets.Emqx(api, key);
  }
}
