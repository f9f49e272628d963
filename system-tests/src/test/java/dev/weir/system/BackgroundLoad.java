package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.load.LoadPlan;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.cli.verify.DeadLetteredReadings;
import dev.weir.cli.verify.Outcome;
import dev.weir.cli.verify.StoredReadings;
import dev.weir.cli.verify.Verifier;
import dev.weir.stack.LocalStack;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;

/** A load that runs beside a test, until the test ends it and asks what became of it. */
final class BackgroundLoad implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Verifier verifier;
  private final LoadRun run;
  private final CompletableFuture<Void> publishing;

  private BackgroundLoad(Verifier verifier, LoadRun run) {
    this.verifier = verifier;
    this.run = run;
    this.publishing =
        CompletableFuture.runAsync(
            () -> {
              try {
                run.publish();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            task -> new Thread(task, "background-load").start());
  }

  static BackgroundLoad start(LocalStack stack, double rate) throws InterruptedException {
    return start(
        new MqttEndpoint("127.0.0.1", stack.mqttPort(), null, null),
        rate,
        new StoredReadings(stack.jdbcUrl()),
        new DeadLetteredReadings(stack.bootstrapServers()));
  }

  static BackgroundLoad start(
      MqttEndpoint broker, double rate, StoredReadings rows, DeadLetteredReadings letters)
      throws InterruptedException {
    LoadPlan plan = new LoadPlan(30, 3, rate, Optional.empty());
    return new BackgroundLoad(
        new Verifier(rows, Optional.of(letters)), LoadRun.connect(plan, broker));
  }

  /** Waits until a number of further readings was acknowledged. */
  void awaitAcknowledged(long more) {
    long target = run.ledger().acknowledgedCount() + more;
    Awaitility.await("acknowledgements go on")
        .atMost(Duration.ofMinutes(2))
        .until(() -> run.ledger().acknowledgedCount() >= target);
  }

  /** Ends the load and accounts for every reading. */
  Outcome finish() throws Exception {
    run.stop();
    try {
      publishing.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the load failed", e);
    }
    assertThat(run.awaitAcknowledgements(PATIENCE)).as("the broker answers every publish").isTrue();
    return verifier.verify(run.ledger(), PATIENCE);
  }

  @Override
  public void close() {
    run.close();
  }
}
