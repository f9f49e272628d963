package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsPageTest {

  private static final ServiceDefinition SAMPLE = SampleService.definition();

  @Test
  void helpShowsEverySettingInAllSpellings() {
    assertThat(SAMPLE.help())
        .startsWith("weir sample: Does as it is told.\n")
        .contains(
            """
              --mqtt-port, MQTT_PORT, mqtt.port
                  The MQTT broker's port.
                  a whole number from 1 to 65535; default 1883
            """
                .indent(0))
        .contains("--config FILE", "--help", "--shutdown-timeout", "Fixed: acks.");
    assertThat(SAMPLE.settings())
        .allSatisfy(setting -> assertThat(SAMPLE.help()).contains(setting.name(), setting.doc()));
  }

  @Test
  void theTableHasARowForEverySetting() {
    assertThat(SAMPLE.markdownTable().lines())
        .hasSize(2 + SAMPLE.settings().size() + 1)
        .contains(
            "| Setting | Flag | Environment variable | Default | Meaning |",
            "| `mqtt.port` | `--mqtt-port` | `MQTT_PORT` | `1883` | The MQTT broker's port. |",
            "| `mqtt.password` | `--mqtt-password` | `MQTT_PASSWORD`, `MQTT_PASSWORD_FILE` |  |"
                + " Password at the MQTT broker. |",
            "| `kafka.*` | `--kafka-*` | `KAFKA_*` |  |"
                + " Any property of the library, as it is. Fixed: acks. |");
  }
}
