package dev.weir.cli.doctor;

import dev.weir.cli.load.MqttEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers of a pipeline are.
 *
 * @param broker the MQTT broker
 * @param bootstrapServers Kafka
 * @param kafkaClient further properties of Kafka clients, such as those of TLS
 * @param connect a worker's REST interface
 * @param database a JDBC URL, credentials included
 * @param bridges HTTP addresses of bridge replicas; may be none
 * @param emqxApi EMQX's REST interface; null where it is not to be asked
 */
public record Targets(
    MqttEndpoint broker,
    String bootstrapServers,
    Map<String, String> kafkaClient,
    URI connect,
    String database,
    List<URI> bridges,
    @Nullable Emqx emqxApi) {

  /**
   * EMQX's REST interface.
   *
   * @param api such as {@code http://127.0.0.1:18083}
   * @param key an API key and its secret, with a colon between
   */
  public record Emqx(URI api, String key) {}

  /** Keeps copies. */
  public Targets {
    kafkaClient = Map.copyOf(kafkaClient);
    bridges = List.copyOf(bridges);
  }

  Optional<Emqx> emqx() {
    return Optional.ofNullable(emqxApi);
  }

  /** The database's URL without what may hold a password. */
  String databaseAddress() {
    return database.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** Settings of an admin client that gives up in time. */
  Map<String, Object> kafkaSettings(Duration limit) {
    Map<String, Object> settings = new HashMap<>(kafkaClient);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("client.id", "weir-doctor");
    settings.put("default.api.timeout.ms", Math.toIntExact(limit.toMillis()));
    settings.put("request.timeout.ms", Math.toIntExact(limit.toMillis()));
    settings.put("metric.reporters", "");
    return settings;
  }
}
