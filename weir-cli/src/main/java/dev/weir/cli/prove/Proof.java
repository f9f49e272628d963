package dev.weir.cli.prove;

import dev.weir.cli.load.LoadPlan;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.cli.verify.Accounts;
import dev.weir.cli.verify.AlertListener;
import dev.weir.stack.LocalStack;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the pipeline under steady load, injects the faults of a plan, lets it recover by itself, and
 * accounts for everything. Run once; only {@link #stop} may be called by another thread.
 */
public final class Proof {

  private static final int USERS = 30;
  private static final int DEVICES_PER_USER = 3;
  private static final int POISON_EVERY = 200;
  private static final Duration RECOVERY = Duration.ofMinutes(3);
  private static final Duration ACKNOWLEDGE = Duration.ofMinutes(2);

  private final ProofPlan plan;
  private final Journal journal;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Runnable stopFaults = () -> {};

  /** A proof that tells its progress to a writer. */
  public Proof(ProofPlan plan, PrintWriter out) {
    this.plan = plan;
    this.journal = new Journal(out);
  }

  /** Heals everything and comes to the end early. */
  public void stop() {
    stop.countDown();
    stopFaults.run();
  }

  /** Does all of it. */
  public ProofReport run() throws InterruptedException, SQLException {
    Supervisor supervisor = new Supervisor(journal);
    try (LocalStack stack =
        LocalStack.builder(plan.data())
            .everything()
            .bridges(plan.bridges())
            .cuttable()
            .onFailure(supervisor::ended)
            .start()) {
      constrainBattery(stack.jdbcUrl());
      supervisor.watch(stack);
      journal.say("everything is ready; from here on the time counts from 0");
      journal.begin();
      MqttEndpoint broker = new MqttEndpoint("127.0.0.1", stack.mqttPort(), null, null);
      LoadPlan readings =
          new LoadPlan(USERS, DEVICES_PER_USER, plan.rate(), Optional.empty(), POISON_EVERY);
      try (LoadRun load = LoadRun.connect(readings, broker);
          AlertListener alerts = AlertListener.subscribe(load.ledger(), broker)) {
        return underLoad(stack, supervisor, load, alerts);
      } finally {
        supervisor.release();
      }
    }
  }

  private ProofReport underLoad(
      LocalStack stack, Supervisor supervisor, LoadRun load, AlertListener alerts)
      throws InterruptedException, SQLException {
    ServiceProbe probe = new ServiceProbe();
    DeadLetterTopic deadLetters = new DeadLetterTopic(stack.bootstrapServers());
    FaultRunner faults = new FaultRunner(stack, load, supervisor, deadLetters, journal);
    stopFaults = faults::stop;
    if (stop.getCount() == 0) {
      faults.stop();
    }
    Thread publisher = publisher(load);
    try (Watch watch =
        new Watch(
            new PipelineHealth(stack, probe),
            new ConnectorWatch(stack.connectUrl(), deadLetters, journal),
            faults,
            journal)) {
      watch.start();
      faults.run(plan.faults(), plan.duration());
      journal.say("no more faults; waiting until the pipeline has recovered by itself");
      if (!watch.awaitRecovery(RECOVERY)) {
        journal.violation(
            "the pipeline has not recovered within %d s: %s"
                .formatted(RECOVERY.toSeconds(), watch.troubles()));
      }
      load.stop();
      publisher.join();
      if (!load.awaitAcknowledgements(ACKNOWLEDGE)) {
        journal.violation("the broker does not answer all that was published");
      }
    }
    journal.say("the load is over; accounting for it");
    Examination examination = new Examination(stack, load, alerts, probe, journal);
    Accounts accounts = examination.ofReadings();
    long changes = examination.ofAlerts();
    examination.ofMetrics();
    return new ProofReport(
        accounts.outcome(),
        changes,
        FaultTable.lines(faults.records(), accounts.missing(), accounts.duplicated()),
        faults.records().size(),
        supervisor.restarts(),
        plan.seed(),
        journal.violations());
  }

  /** So that the database refuses a reading now and then that the bridge lets through. */
  private static void constrainBattery(String jdbcUrl) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE raw_telemetry DROP CONSTRAINT IF EXISTS prove_battery");
      statement.execute(
          "ALTER TABLE raw_telemetry ADD CONSTRAINT prove_battery CHECK (battery <= 100)");
    }
  }

  private Thread publisher(LoadRun load) {
    Thread thread =
        new Thread(
            () -> {
              try {
                load.publish();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                journal.violation("the load failed: " + e);
              }
            },
            "load");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
