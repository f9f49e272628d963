package dev.weir.sink;

import static dev.weir.sink.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.stack.ConnectorStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A connector under test: its configuration as shipped, with topics and a table of its own. The
 * table takes a battery from 0 to 100.
 */
final class Pipe implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestWorker worker;
  private final String name;
  private final ObjectNode config;

  /** A pipe without topics, table and connector yet. */
  Pipe(TestWorker worker, String shipped, String name, String topic, String deadLetters) {
    this.worker = worker;
    this.name = name;
    Path file =
        Path.of(System.getProperty("weir.dist"), "connect-config", "connectors", shipped + ".json");
    try {
      config = (ObjectNode) JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    set("topics", topic);
    set("errors.deadletterqueue.topic.name", deadLetters);
  }

  /** The pipe {@code name -> table name}, dead letters in {@code name.dlq}, running. */
  static Pipe running(TestWorker worker, String name, String... settings) throws Exception {
    Pipe pipe = idle(worker, name, settings);
    pipe.createTable();
    pipe.apply();
    worker.connect().awaitRunning(name, SOON);
    return pipe;
  }

  /** The same without table and connector. */
  static Pipe idle(TestWorker worker, String name, String... settings) throws Exception {
    Pipe pipe = new Pipe(worker, "raw-telemetry", name, name, name + ".dlq");
    pipe.set("table", name);
    for (int i = 0; i < settings.length; i += 2) {
      pipe.set(settings[i], settings[i + 1]);
    }
    worker.topics().create(name, 4, Map.of());
    worker.topics().create(name + ".dlq", 2, Map.of("message.timestamp.type", "LogAppendTime"));
    return pipe;
  }

  String name() {
    return name;
  }

  void set(String setting, String value) {
    config.put(setting, value);
  }

  void createTable() throws Exception {
    worker.execute(
        "CREATE TABLE "
            + name
            + " (LIKE raw_telemetry INCLUDING ALL, CONSTRAINT battery_range CHECK (battery BETWEEN"
            + " 0 AND 100))");
  }

  /** Creates the connector, or gives it the settings as they are now. */
  void apply() throws Exception {
    worker.connect().apply(name, config.toString());
  }

  /** Sends good readings, told apart by their sequence ids. */
  void send(int from, int count) throws Exception {
    for (int i = from; i < from + count; i++) {
      sendJson(Records.readingJson(i), i);
    }
    worker.topics().flush();
  }

  /** Sends readings whose battery the table refuses. */
  void sendBad(int from, int count) throws Exception {
    for (int i = from; i < from + count; i++) {
      sendJson(badJson(i), i);
    }
    worker.topics().flush();
  }

  static String badJson(int sequenceId) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":" + sequenceId + ",\"battery\":500}";
  }

  private void sendJson(String json, int device) {
    worker.topics().send(new ProducerRecord<>(name, bytes("u1/d" + device % 20), bytes(json)));
  }

  void awaitRows(long count) {
    await("every row is stored")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(rows()).isEqualTo(Long.toString(count)));
  }

  String rows() throws Exception {
    return worker.value("SELECT count(*) FROM " + name);
  }

  List<ConsumerRecord<byte[], byte[]>> letters() {
    return worker.topics().read(name + ".dlq");
  }

  long committed() throws Exception {
    return worker.topics().committed(name);
  }

  ConnectorStatus status() throws Exception {
    return ConnectorStatus.of(worker.connect().status(name));
  }

  void awaitRunning() throws Exception {
    worker.connect().awaitRunning(name, SOON);
  }

  /** Waits until a task has failed; answers why. */
  String awaitFailure() {
    List<ConnectorStatus.Task> failed = new ArrayList<>();
    await("a task has failed")
        .atMost(SOON)
        .until(
            () -> {
              status().tasks().stream()
                  .filter(t -> t.state().equals("FAILED"))
                  .forEach(failed::add);
              return !failed.isEmpty();
            });
    return failed.get(0).trace();
  }

  void restart() throws Exception {
    worker.connect().restart(name);
  }

  @Override
  public void close() throws IOException {
    try {
      worker.connect().delete(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while removing " + name, e);
    }
  }
}
