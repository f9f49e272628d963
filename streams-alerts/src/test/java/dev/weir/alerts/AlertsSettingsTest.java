package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerts.detect.DefaultRules;
import dev.weir.runtime.Settings;
import dev.weir.runtime.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsSettingsTest {

  @Test
  void nothingNeedsToBeSet() {
    assertThat(AlertsSettings.rules(settings(Map.of()))).isEqualTo(DefaultRules.DEFAULT);
  }

  @Test
  void theLevelsAreSettings() {
    Settings settings =
        settings(
            Map.of(
                "alerts.temperature.raise", "30.5",
                "alerts.temperature.clear", "-10",
                "alerts.battery.raise", "5",
                "alerts.battery.clear", "6"));
    assertThat(AlertsSettings.rules(settings)).isEqualTo(new DefaultRules(30.5, -10, 5, 6));
  }

  @ParameterizedTest
  @CsvSource({
    "alerts.temperature.clear, 50.1",
    "alerts.battery.clear, 14.9",
    "alerts.temperature.raise, NaN",
    "replication.factor, 0",
    "instance.id, a b",
    "commit.interval, 0ms",
    "kafka.isolation.level, read_uncommitted",
    "kafka.acks, 1",
    "kafka.group.id, mine",
    "kafka.no.such.property, 1",
    "alerts.temperatur.raise, 1",
  })
  void wrongSettingsAreRefused(String name, String value) {
    assertThatThrownBy(() -> settings(Map.of(name, value))).isInstanceOf(SettingsException.class);
  }

  @Test
  void propertiesOfTheKafkaClientsPass() {
    assertThat(settings(Map.of("kafka.security.protocol", "SSL")).passthrough("kafka."))
        .containsExactly(Map.entry("security.protocol", "SSL"));
  }

  private static Settings settings(Map<String, String> given) {
    return Settings.of(AlertsMain.definition(), given);
  }
}
