package dev.weir.cli;

import dev.weir.cli.load.LoadPlan;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.cli.up.StatusLine;
import dev.weir.cli.up.Welcome;
import dev.weir.cli.verify.DeadLetteredReadings;
import dev.weir.cli.verify.StoredReadings;
import dev.weir.cli.verify.Verifier;
import dev.weir.stack.ComponentFailure;
import dev.weir.stack.LocalStack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on this machine, in the foreground, until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Run the whole pipeline on this machine until Ctrl-C: an MQTT broker, Kafka, Kafka"
            + " Connect, PostgreSQL, the bridge and the alerts, each a process of its own. With"
            + " any of the load options, publish simulated readings too, then account for every"
            + " acknowledged one and stop.")
final class UpCommand implements Callable<Integer> {

  private static final int MAX_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where data and logs are kept (default: ./${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--mqtt-port",
      paramLabel = "N",
      defaultValue = "1883",
      description = "MQTT port; here and below, 0 means any (default: ${DEFAULT-VALUE}).")
  private int mqttPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Kafka port (default: ${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--connect-port",
      paramLabel = "N",
      defaultValue = "8083",
      description = "Port of the Connect REST API (default: ${DEFAULT-VALUE}).")
  private int connectPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "N",
      defaultValue = "5432",
      description = "PostgreSQL port (default: ${DEFAULT-VALUE}).")
  private int postgresPort;

  @Option(
      names = "--bridges",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of bridge replicas (default: ${DEFAULT-VALUE}).")
  private int bridges;

  @Mixin private LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws Exception {
    CommandSpec spec = checkedCommand();
    Optional<LoadPlan> plan = load.given() ? Optional.of(load.plan()) : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    try (StopRequest stop = StopRequest.onSignal()) {
      Optional<VerifiedLoad.Result> result;
      long started = System.nanoTime();
      out.println("Starting the MQTT broker, Kafka, Connect, PostgreSQL, bridge and alerts …");
      out.flush();
      List<ComponentFailure> failures = new CopyOnWriteArrayList<>();
      Consumer<ComponentFailure> stopAll =
          failure -> {
            failures.add(failure);
            stop.request();
          };
      try (LocalStack stack = start(stopAll)) {
        Welcome.print(out, stack, data, Duration.ofNanos(System.nanoTime() - started));
        result = run(stack, plan, stop, out);
        out.println("Stopping …");
        out.flush();
      }
      failures.forEach(failure -> out.println(failure.describe()));
      result.ifPresent(r -> r.print(out));
      int verdict = result.map(VerifiedLoad.Result::exitCode).orElse(ExitCode.OK);
      return stop.exitCode(failures.isEmpty() ? verdict : ExitCode.FAILED);
    }
  }

  private CommandSpec checkedCommand() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    List<String> problems = new ArrayList<>();
    checkPort(problems, "--mqtt-port", mqttPort);
    checkPort(problems, "--kafka-port", kafkaPort);
    checkPort(problems, "--connect-port", connectPort);
    checkPort(problems, "--postgres-port", postgresPort);
    if (bridges < 1 || bridges > 8) {
      problems.add("--bridges must be from 1 to 8, not " + bridges);
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(command.commandLine(), String.join("\n", problems));
    }
    return command;
  }

  private static void checkPort(List<String> problems, String option, int port) {
    if (port < 0 || port > MAX_PORT) {
      problems.add(option + " must be from 0 to " + MAX_PORT + ", not " + port);
    }
  }

  private LocalStack start(Consumer<ComponentFailure> onFailure) {
    return LocalStack.builder(data.toAbsolutePath())
        .everything()
        .bridges(bridges)
        .mqttPort(mqttPort)
        .kafkaPort(kafkaPort)
        .connectPort(connectPort)
        .postgresPort(postgresPort)
        .onFailure(onFailure)
        .start();
  }

  private static Optional<VerifiedLoad.Result> run(
      LocalStack stack, Optional<LoadPlan> plan, StopRequest stop, PrintWriter out)
      throws Exception {
    try (StatusLine status = new StatusLine(stack, out)) {
      status.start();
      if (plan.isEmpty()) {
        stop.await();
        return Optional.empty();
      }
      MqttEndpoint broker = new MqttEndpoint("127.0.0.1", stack.mqttPort(), null, null);
      try (LoadRun run = LoadRun.connect(plan.get(), broker)) {
        stop.onRequest(run::stop);
        Verifier verifier =
            new Verifier(
                new StoredReadings(stack.jdbcUrl()),
                Optional.of(new DeadLetteredReadings(stack.bootstrapServers())));
        return Optional.of(new VerifiedLoad(run, broker, verifier, PATIENCE).run(out));
      }
    }
  }
}
