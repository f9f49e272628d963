package dev.weir.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configurations of the sinks that are compared, all with one task on one topic. */
final class Connectors {

  /** Our own as it is shipped. */
  private static final String OURS = "connect-config/connectors/raw-telemetry.json";

  private static final String STRING_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

  /**
   * What Debezium's sink has to be told of a reading's fields: it stores what has a schema only.
   * The names are those of its types for {@code timestamptz} and {@code jsonb}.
   */
  private static final String SCHEMA =
      """
      {"type":"struct","name":"telemetry","optional":false,"fields":[
      {"field":"time","type":"string","optional":false,"name":"io.debezium.time.ZonedTimestamp"},
      {"field":"user_id","type":"string","optional":false},
      {"field":"device_id","type":"string","optional":false},
      {"field":"sequence_id","type":"int64","optional":false},
      {"field":"temperature","type":"double","optional":true},
      {"field":"battery","type":"int32","optional":true},
      {"field":"extra_data","type":"string","optional":true,"name":"io.debezium.data.Json"}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String topic;

  Connectors(String topic) {
    this.topic = topic;
  }

  /** Our sink, as it is shipped but for topic, tasks and batch. */
  String ours(String url, int batch) throws IOException {
    Path shipped = Path.of(System.getProperty("weir.dist"), OURS);
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readString(shipped));
    config.put("connection.url", url);
    config.put("batch.size", Integer.toString(batch));
    return onTopic(config, batch);
  }

  /** Debezium's with the fastest of its modes that stores each key once. */
  String debezium(String url, String user, int batch) throws IOException {
    ObjectNode config = JSON.createObjectNode();
    config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    config.put("connection.url", url);
    config.put("connection.username", user);
    config.put("connection.password", user);
    config.put("connection.pool.min_size", "1");
    config.put("connection.pool.max_size", "2");
    config.put("insert.mode", "upsert");
    config.put("primary.key.mode", "record_value");
    config.put("primary.key.fields", "time,user_id,device_id,sequence_id");
    config.put("collection.name.format", "raw_telemetry");
    config.put("schema.evolution", "none");
    config.put("delete.enabled", "false");
    config.put("dialect.postgres.unnest.insert.enabled", "true");
    config.put("batch.size", Integer.toString(batch));
    config.put("key.converter", STRING_CONVERTER);
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "true");
    config.put("value.converter.schema.content", schema());
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.fetch.min.bytes", "65536");
    config.put("consumer.override.fetch.max.wait.ms", "100");
    return onTopic(config, batch);
  }

  private static String schema() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA);
    return JSON.writeValueAsString(schema);
  }

  private String onTopic(ObjectNode config, int batch) throws IOException {
    config.put("topics", topic);
    config.put("tasks.max", "1");
    config.put("consumer.override.max.poll.records", Integer.toString(batch));
    return JSON.writeValueAsString(config);
  }
}
