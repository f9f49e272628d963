package dev.weir.bench.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The rival without Kafka: readings are collected to batches of 1,000 or of 100 ms, inserted with
 * one statement that ignores repeats, and acknowledged once the database has them.
 */
public final class BatchInsertMain {

  private static final int BATCH = 1_000;
  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int QUEUE = 16_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OWN_FIELDS =
      List.of("time", "user_id", "device_id", "sequence_id", "temperature", "battery");
  private static final String INSERT =
      "INSERT INTO raw_telemetry"
          + " (time, user_id, device_id, sequence_id, temperature, battery, extra_data) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?::jsonb)";
  private static final String IGNORE =
      " ON CONFLICT (time, user_id, device_id, sequence_id) DO NOTHING";

  private BatchInsertMain() {}

  private record Waiting(Mqtt5Publish publish, ObjectNode reading) {}

  /** Arguments: the broker's port on loopback, the database's URL, the shared group. */
  public static void main(String[] args) throws Exception {
    BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    Thread inserter = new Thread(() -> insertOrEnd(args[1], queue), "inserter");
    inserter.setDaemon(true);
    inserter.start();
    Subscriber.connect(
        Integer.parseInt(args[0]),
        args[2],
        Subscriber.RECEIVE_MAXIMUM,
        publish -> parse(publish, queue));
    new Orders().follow();
  }

  private static void parse(Mqtt5Publish publish, BlockingQueue<Waiting> queue) {
    try {
      JsonNode reading = JSON.readTree(publish.getPayloadAsBytes());
      queue.put(new Waiting(publish, (ObjectNode) reading));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insertOrEnd(String url, BlockingQueue<Waiting> queue) {
    try (Connection connection = DriverManager.getConnection(url)) {
      List<Waiting> batch = new ArrayList<>(BATCH);
      while (true) {
        collect(queue, batch);
        insert(connection, batch);
        batch.forEach(each -> each.publish().acknowledge());
        batch.clear();
      }
    } catch (SQLException | InterruptedException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Waits for a first one, and then for more, at most for as long as a batch may take. */
  private static void collect(BlockingQueue<Waiting> queue, List<Waiting> batch)
      throws InterruptedException {
    batch.add(queue.take());
    long end = System.nanoTime() + BATCH_NANOS;
    while (batch.size() < BATCH) {
      queue.drainTo(batch, BATCH - batch.size());
      long left = end - System.nanoTime();
      Waiting next =
          left > 0 && batch.size() < BATCH ? queue.poll(left, TimeUnit.NANOSECONDS) : null;
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private static void insert(Connection connection, List<Waiting> batch) throws SQLException {
    String rows = (ROW + ",").repeat(batch.size());
    String sql = INSERT + rows.substring(0, rows.length() - 1) + IGNORE;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Waiting each : batch) {
        ObjectNode reading = each.reading();
        statement.setObject(parameter++, OffsetDateTime.parse(reading.path("time").asText()));
        statement.setString(parameter++, reading.path("user_id").asText());
        statement.setString(parameter++, reading.path("device_id").asText());
        statement.setLong(parameter++, reading.path("sequence_id").asLong());
        statement.setDouble(parameter++, reading.path("temperature").asDouble());
        statement.setInt(parameter++, reading.path("battery").asInt());
        statement.setObject(parameter++, reading.remove(OWN_FIELDS).toString(), Types.VARCHAR);
      }
      statement.executeUpdate();
    }
  }
}
