package dev.weir.cli;

import dev.weir.cli.load.LoadProgress;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.cli.verify.AlertListener;
import dev.weir.cli.verify.Outcome;
import dev.weir.cli.verify.Verifier;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A load run from its first publish to the accounting for its last acknowledged reading.
 *
 * @param run publishes
 * @param broker where alerts come back
 * @param verifier accounts for the readings
 * @param patience how long nothing may arrive before what is missing counts as lost
 */
public record VerifiedLoad(LoadRun run, MqttEndpoint broker, Verifier verifier, Duration patience) {

  /** How long the broker may take to answer the last publishes. */
  static final Duration ACKNOWLEDGE_PATIENCE = Duration.ofMinutes(1);

  private static final Duration ALERT_PATIENCE = Duration.ofSeconds(20);

  /**
   * What a run came to.
   *
   * @param outcome what became of the readings
   * @param alerts alerts raised and cleared that came back over MQTT
   * @param expectedAlerts alerts that the default rules must make of the readings
   */
  public record Result(Outcome outcome, long alerts, long expectedAlerts) {

    /** Prints the one line that a run ends with, and before it what needs a word. */
    public void print(PrintWriter out) {
      if (alerts != expectedAlerts) {
        out.println(
            "alerts: the default rules make " + expectedAlerts + " of readings in their order");
      }
      out.println(outcome.line(alerts));
      out.flush();
    }

    /** Success only where nothing is missing and nothing stands twice. */
    public int exitCode() {
      return outcome.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** Publishes, waits for what is on its way, and accounts. */
  public Result run(PrintWriter out) throws InterruptedException, SQLException {
    try (AlertListener alerts = AlertListener.subscribe(run.ledger(), broker)) {
      LoadProgress progress = new LoadProgress(run, out);
      progress.during(run::publish);
      progress.summary(run.awaitAcknowledgements(ACKNOWLEDGE_PATIENCE));
      Outcome outcome = verifier.verify(run.ledger(), patience);
      long expected = run.expectedAlerts();
      return new Result(outcome, alerts.await(expected, ALERT_PATIENCE), expected);
    }
  }
}
