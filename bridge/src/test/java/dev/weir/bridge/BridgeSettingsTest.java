package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.runtime.Settings;
import dev.weir.runtime.SettingsException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class BridgeSettingsTest {

  private static Settings settings(Map<String, String> given) {
    return Settings.of(BridgeMain.definition(), given);
  }

  private static void assertRefused(Map<String, String> given, String... words) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> settings(given))
        .withMessageContainingAll(words);
  }

  @Test
  void startsWithNoSettingAtAll() {
    Settings settings = settings(Map.of());

    assertThat(KafkaSettings.producer(settings))
        .containsEntry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092")
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "2147483647")
        .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1")
        .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "5");
    assertThat(KafkaSettings.problemWithWindows(settings, 8)).isEmpty();
  }

  @Test
  void handsKafkasPropertiesToTheClientsThatKnowThem() {
    Settings settings =
        settings(
            Map.of(
                "kafka.linger.ms", "20",
                "kafka.fetch.max.wait.ms", "100",
                "kafka.security.protocol", "SASL_SSL"));

    assertThat(KafkaSettings.producer(settings))
        .containsEntry("linger.ms", "20")
        .containsEntry("security.protocol", "SASL_SSL")
        .doesNotContainKey("fetch.max.wait.ms");
    assertThat(KafkaSettings.consumer(settings))
        .containsEntry("fetch.max.wait.ms", "100")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry(ConsumerConfig.GROUP_ID_CONFIG, "weir-bridge")
        .doesNotContainKey("linger.ms");
  }

  @Test
  void refusesWhatThePromiseRestsOnWithTheReason() {
    assertRefused(Map.of("kafka.acks", "1"), "kafka.acks", "in-sync replicas");
    assertRefused(Map.of("kafka.enable.idempotence", "false"), "kafka.enable.idempotence");
    assertRefused(Map.of("kafka.delivery.timeout.ms", "1000"), "kafka.delivery.timeout.ms");
    assertRefused(
        Map.of("kafka.max.in.flight.requests.per.connection", "5"), "overtaken", "for ever");
    assertRefused(Map.of("kafka.group.id", "mine"), "kafka.group.id", "bridge.name");
  }

  @Test
  void refusesValuesThatKafkaWouldRefuse() {
    assertRefused(Map.of("kafka.linger.ms", "soon"), "kafka.linger.ms", "soon");
    assertRefused(Map.of("kafka.compression.type", "best"), "kafka.compression.type", "best");
  }

  @Test
  void refusesToBlockAConnectionLongerThanItsKeepAlive() {
    assertRefused(
        Map.of("kafka.max.block.ms", "40000"), "kafka.max.block.ms", "mqtt.keep.alive = 30 s");
  }

  @Test
  void refusesNamesThatNoClientIdMayHave() {
    assertRefused(Map.of("bridge.name", "a/b"), "bridge.name");
  }

  @Test
  void saysWhenTheReceiveWindowsDoNotFitIntoTheBuffer() {
    Settings settings = settings(Map.of("mqtt.receive.maximum", "20000"));

    assertThat(KafkaSettings.problemWithWindows(settings, 8))
        .contains(
            "mqtt.receive.maximum = 20000 times 8 slots times bridge.message.bytes = 4096"
                + " is more than kafka.buffer.memory = 67108864");
  }
}
