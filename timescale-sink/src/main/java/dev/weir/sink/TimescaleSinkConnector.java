package dev.weir.sink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/**
 * Stores JSON records in a table of PostgreSQL or TimescaleDB: batched, each once, and none lost. A
 * record that cannot be stored goes to the connector's dead-letter queue; a database that is away
 * is waited for.
 */
public final class TimescaleSinkConnector extends SinkConnector {

  private static final List<String> CONVERTERS =
      List.of("key.converter", "value.converter", "header.converter");

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return versionOf(TimescaleSinkConnector.class.getPackage().getImplementationVersion());
  }

  private static String versionOf(@Nullable String fromManifest) {
    return fromManifest == null ? "unpackaged" : fromManifest;
  }

  @Override
  public ConfigDef config() {
    return SinkConfig.DEFINITION;
  }

  /** Also refuses converters that would alter a record on its way to the dead-letter queue. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Config config = super.validate(connectorConfigs);
    for (String converter : CONVERTERS) {
      String chosen = connectorConfigs.get(converter);
      if (chosen != null && !isBytes(chosen)) {
        ConfigValue value = new ConfigValue(converter);
        value.value(chosen);
        value.addErrorMessage(
            converter
                + " must be "
                + SinkSettings.BYTES_CONVERTER
                + ": the connector decodes the bytes itself, and dead letters keep them");
        config.configValues().add(value);
      }
    }
    return config;
  }

  private static boolean isBytes(String converter) {
    return converter.equals(SinkSettings.BYTES_CONVERTER)
        || converter.equals("ByteArrayConverter")
        || converter.equals("ByteArray");
  }

  @Override
  public void start(Map<String, String> props) {
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TimescaleSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks)
        .<Map<String, String>>mapToObj(
            number -> {
              Map<String, String> task = new HashMap<>(properties);
              task.put(SinkSettings.TASK_NUMBER, Integer.toString(number));
              return task;
            })
        .toList();
  }

  @Override
  public void stop() {
    properties = Map.of();
  }
}
