package dev.weir.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Faults around a real Connect worker: all is stored once, and nothing good is dead-lettered. */
@ExtendWith(SharedWorker.class)
@Timeout(300)
@Tag("long")
class WorkerFaultsIT {

  private static final Duration SOON = Pipe.SOON;

  @Test
  void saysThatTheTableIsMissing_andStoresAllOnceItIsThere(TestWorker worker) throws Exception {
    try (Pipe pipe = Pipe.idle(worker, "absent")) {
      pipe.send(0, 100);
      pipe.apply();
      assertThat(pipe.awaitFailure()).contains("Table absent does not exist", "create it");
      assertThat(pipe.committed()).isZero();
      pipe.createTable();
      pipe.restart();
      pipe.awaitRows(100);
      assertThat(pipe.letters()).isEmpty();
    }
  }

  @Test
  void saysThatAPermissionIsGone_andStoresAllOnceItIsBack(TestWorker worker) throws Exception {
    worker.execute("CREATE ROLE guest LOGIN");
    try (Pipe pipe = Pipe.idle(worker, "revoked", "connection.user", "guest")) {
      pipe.createTable();
      worker.execute("GRANT SELECT, INSERT, UPDATE ON revoked TO guest");
      pipe.send(0, 100);
      pipe.apply();
      pipe.awaitRows(100);
      worker.execute("REVOKE INSERT ON revoked FROM guest");
      pipe.send(100, 100);
      assertThat(pipe.awaitFailure()).contains("permission denied for table revoked", "42501");
      worker.execute("GRANT INSERT ON revoked TO guest");
      pipe.restart();
      pipe.awaitRows(200);
      assertThat(pipe.letters()).isEmpty();
    }
  }

  @Test
  void storesTheTimeTheDeviceMeant_whereverTheWorkerIs(TestWorker worker) throws Exception {
    try (Pipe pipe = Pipe.idle(worker, "zoned")) {
      pipe.createTable();
      worker.execute("ALTER TABLE zoned ADD COLUMN zone text DEFAULT current_setting('TimeZone')");
      pipe.send(0, 10);
      pipe.apply();
      pipe.awaitRows(10);
      assertThat(worker.value("SELECT min(zone) FROM zoned"))
          .as("the worker is far from UTC, and so is its session")
          .isEqualTo(TestWorker.ZONE);
      assertThat(worker.value("SELECT count(*) FROM zoned WHERE time = '2026-01-01T00:00:00Z'"))
          .isEqualTo("10");
    }
  }

  @Test
  void storesAllOnce_whenTheWorkerIsKilledInTheMiddleOfABatch(TestWorker worker) throws Exception {
    LocalStack stack = worker.stack();
    try (Pipe pipe = Pipe.running(worker, "killed", "tasks.max", "2")) {
      pipe.send(0, 200);
      pipe.awaitRows(200);
      try (Connection held = worker.lock("killed")) {
        pipe.send(200, 2000);
        worker.awaitBlocked("killed");
        stack.connect().kill();
        held.rollback();
      }
      stack.connect().start();
      stack.connect().awaitReady(SOON);
      pipe.send(2200, 100);
      pipe.awaitRows(2300);
      assertThat(pipe.letters()).isEmpty();
      await().atMost(SOON).untilAsserted(() -> assertThat(pipe.committed()).isEqualTo(2300));
    }
  }

  @Test
  void storesAllOnce_whileTasksAndWorkersComeAndGo(TestWorker worker, @TempDir Path folder)
      throws Exception {
    try (Pipe pipe = Pipe.running(worker, "rebalanced", "tasks.max", "1");
        Flow flow = new Flow(pipe)) {
      flow.awaitMore(200);
      setTasks(pipe, 4);
      flow.awaitMore(200);
      try (SecondWorker second = new SecondWorker(worker, folder)) {
        second.awaitReady();
        await("tasks move to the second worker")
            .atMost(SOON)
            .until(
                () -> pipe.status().tasks().stream().anyMatch(t -> t.worker().equals(second.id())));
        flow.awaitMore(200);
        second.kill();
      }
      flow.awaitMore(200);
      pipe.restart();
      setTasks(pipe, 2);
      flow.awaitMore(200);
      pipe.awaitRows(flow.finish());
      assertThat(pipe.letters()).isEmpty();
      pipe.awaitRunning();
    }
  }

  @Test
  void storesAllOnce_whileItsSessionsAreTerminatedAgainAndAgain(TestWorker worker)
      throws Exception {
    try (Pipe pipe = Pipe.running(worker, "severed", "retry.backoff.ms", "50");
        Flow flow = new Flow(pipe)) {
      for (int kills = 0; kills < 20; ) {
        kills +=
            Integer.parseInt(
                worker.value(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
                        + " application_name LIKE 'weir-sink severed-%'"));
        flow.awaitMore(20);
      }
      pipe.awaitRows(flow.finish());
      assertThat(pipe.letters()).isEmpty();
      pipe.awaitRunning();
    }
  }

  @Test
  void waitsForAHangingKafkaWithADeadLetter_asLongAsTheProducersTimeoutSays(TestWorker worker)
      throws Exception {
    try (Pipe shipped =
            Pipe.running(
                worker, "hung", "tasks.max", "1", "producer.override.request.timeout.ms", "2000");
        Pipe impatient =
            Pipe.running(
                worker,
                "impatient",
                "tasks.max",
                "1",
                "producer.override.request.timeout.ms",
                "1000",
                "producer.override.delivery.timeout.ms",
                "2000")) {
      hangKafka(worker, Duration.ofSeconds(8), shipped, impatient);
      assertThat(impatient.awaitFailure()).contains("dead-letter queue refused a record");
      impatient.restart();
      goesOn(shipped);
      assertThat(shipped.letters())
          .extracting(letter -> new String(letter.value(), UTF_8))
          .as("idempotence: sent again, and once in the queue")
          .containsExactlyInAnyOrder(Pipe.badJson(0), Pipe.badJson(1));
      goesOn(impatient);
    }
  }

  @Test
  @Tag("soak")
  void waitsForAHangingKafkaWithADeadLetter_longerThanAnyDefault(TestWorker worker)
      throws Exception {
    try (Pipe shipped = Pipe.running(worker, "hungforlong")) {
      hangKafka(worker, Duration.ofSeconds(150), shipped);
      goesOn(shipped);
    }
  }

  /** Refuses a row of each pipe, and lets Kafka hang in the way of its dead letter. */
  private static void hangKafka(TestWorker worker, Duration length, Pipe... pipes)
      throws Exception {
    for (Pipe pipe : pipes) {
      pipe.sendBad(0, 1);
      await().atMost(SOON).until(() -> pipe.letters().size() == 1);
    }
    String tables = Stream.of(pipes).map(Pipe::name).collect(Collectors.joining(", "));
    try (Connection held = worker.lock(tables)) {
      for (Pipe pipe : pipes) {
        pipe.sendBad(1, 1);
        worker.awaitBlocked(pipe.name());
      }
      worker.stack().kafka().suspend();
      held.rollback();
      await()
          .pollDelay(length)
          .atMost(length.plusSeconds(10))
          .until(() -> worker.value("SELECT 1").equals("1"));
    } finally {
      worker.stack().kafka().resume();
    }
  }

  /** Without anyone's help: what comes later is stored, and both bad readings are in the queue. */
  private static void goesOn(Pipe pipe) throws Exception {
    pipe.send(2, 100);
    pipe.awaitRows(100);
    pipe.awaitRunning();
    await().atMost(SOON).untilAsserted(() -> assertThat(pipe.committed()).isEqualTo(102));
    assertThat(pipe.letters())
        .extracting(letter -> new String(letter.value(), UTF_8))
        .containsOnly(Pipe.badJson(0), Pipe.badJson(1));
  }

  private static void setTasks(Pipe pipe, int tasks) throws Exception {
    pipe.set("tasks.max", Integer.toString(tasks));
    pipe.apply();
    await("the tasks have changed")
        .atMost(SOON)
        .until(() -> pipe.status().isRunning() && pipe.status().tasks().size() == tasks);
  }

  /** Readings that keep coming until finished, about 500 a second. */
  private static final class Flow implements AutoCloseable {
    private static final int PORTION = 10;

    private final Pipe pipe;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int sent;

    Flow(Pipe pipe) {
      this.pipe = pipe;
      var unused = clock.scheduleAtFixedRate(this::send, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void send() {
      try {
        pipe.send(sent, PORTION);
        sent += PORTION;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** Waits until that many more rows are in the table. */
    void awaitMore(int rows) throws Exception {
      long before = Long.parseLong(pipe.rows());
      await().atMost(SOON).until(() -> Long.parseLong(pipe.rows()) >= before + rows);
    }

    /** Ends it; answers how many readings were sent. */
    int finish() throws InterruptedException {
      close();
      assertThat(clock.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      return sent;
    }

    @Override
    public void close() {
      clock.shutdown();
    }
  }
}
