package dev.weir.cli;

import dev.weir.cli.load.LoadPlan;
import dev.weir.cli.load.LoadProgress;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.verify.DeadLetteredReadings;
import dev.weir.cli.verify.StoredReadings;
import dev.weir.cli.verify.Verifier;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes simulated readings, and with {@code --verify} accounts for every one of them. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Publish simulated readings; with --verify, account for every acknowledged one.")
final class LoadCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec command;

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Option(
      names = "--verify",
      description = "Afterwards compare what was acknowledged with the table and dead letters.")
  private boolean verify;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      defaultValue = "jdbc:postgresql://127.0.0.1:5432/weir?user=weir",
      description = "The database for --verify (default: ${DEFAULT-VALUE}).")
  private String database = "";

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long nothing may arrive before missing readings count as lost"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofMinutes(1);

  @Override
  public Integer call() throws Exception {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    PrintWriter out = command.commandLine().getOut();
    LoadPlan plan = load.plan();
    try (StopRequest stop = StopRequest.onSignal();
        LoadRun run = LoadRun.connect(plan, broker.endpoint())) {
      stop.onRequest(run::stop);
      if (!verify) {
        publish(run, out);
        return ExitCode.OK;
      }
      VerifiedLoad verified =
          new VerifiedLoad(
              run,
              broker.endpoint(),
              new Verifier(
                  new StoredReadings(database),
                  Optional.of(new DeadLetteredReadings(kafka.access(command)))),
              patience);
      VerifiedLoad.Result result = verified.run(out);
      result.print(out);
      return stop.exitCode(result.exitCode());
    }
  }

  private static void publish(LoadRun run, PrintWriter out) throws InterruptedException {
    LoadProgress progress = new LoadProgress(run, out);
    progress.during(run::publish);
    progress.summary(run.awaitAcknowledgements(VerifiedLoad.ACKNOWLEDGE_PATIENCE));
  }
}
