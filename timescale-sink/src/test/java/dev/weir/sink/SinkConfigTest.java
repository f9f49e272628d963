package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {

  @Test
  void acceptsTheLeastThatIsNeeded() {
    assertThat(problems(Records.properties())).isEmpty();
    SinkSettings settings = Records.settings();
    assertThat(settings.batchSize()).isEqualTo(1000);
    assertThat(settings.conflictMode()).isEqualTo(ConflictMode.UPDATE);
    assertThat(settings.overflowColumn()).isEqualTo("extra_data");
    assertThat(settings.limits().earliest()).isEqualTo("2000-01-01T00:00:00Z");
    assertThat(settings.applicationName()).isEqualTo("weir-sink test-0");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          connection.url       | jdbc:mysql://db/weir        | does not start with jdbc:postgresql:
          connection.url       | ${env:WEIR_DATABASE_URL}    | not set in the Connect worker's environment
          table                | a.b.c                       | not table or schema.table
          record.format        | xml                         | reading, json
          conflict.mode        | replace                     | update, ignore
          batch.size           | 0                           | at least 1
          batch.size           | many                        | Not a number
          reading.earliest     | yesterday                   | an RFC 3339 date-time
          statement.timeout.ms | 600000                      | no more than 240000
          unknown.fields       | drop                        | reject, ignore
          value.converter      | org.apache.kafka.connect.json.JsonConverter | must be org.apache.kafka.connect.converters.ByteArrayConverter
          header.converter     | org.apache.kafka.connect.storage.SimpleHeaderConverter | dead letters keep them
          """)
  void saysWhatIsWrongAndWhatIsAllowed(String name, String value, String message) {
    List<ConfigValue> problems = problems(Records.properties(name, value));
    assertThat(problems).extracting(ConfigValue::name).containsExactly(name);
    assertThat(problems.get(0).errorMessages())
        .anySatisfy(text -> assertThat(text).contains(message));
  }

  @Test
  void asksForWhatIsMissing() {
    assertThat(problems(Map.of()))
        .extracting(ConfigValue::name)
        .contains("connection.url", "table");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(Records.settings("connection.password", "hush").toString()).doesNotContain("hush");
  }

  @Test
  void givesEachTaskItsNumber() {
    TimescaleSinkConnector connector = new TimescaleSinkConnector();
    connector.start(Records.properties());
    assertThat(connector.taskConfigs(2).stream().map(SinkSettings::of))
        .extracting(SinkSettings::applicationName)
        .containsExactly("weir-sink test-0", "weir-sink test-1");
    assertThat(connector.version()).isNotBlank();
  }

  @Test
  void documentsEverySetting() {
    assertThat(SinkConfig.DEFINITION.configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.documentation).endsWith(".");
              assertThat(key.group).isNotBlank();
            });
  }

  private static List<ConfigValue> problems(Map<String, String> properties) {
    return new TimescaleSinkConnector()
        .validate(properties).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .toList();
  }
}
