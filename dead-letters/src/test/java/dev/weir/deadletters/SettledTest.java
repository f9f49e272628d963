package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SettledTest {

  private static final Uuid TOPIC = Uuid.randomUuid();

  private final Settled settled = new Settled(Map.of(KafkaTopics.DEAD_LETTERS, TOPIC));

  @Test
  void settlesJustTheLetterThatAMarkerNames() {
    apply(7, TOPIC);
    assertThat(settled.contains(id(7))).isTrue();
    assertThat(settled.contains(id(6))).isFalse();
    assertThat(settled.contains(id(7 + (1 << 16)))).isFalse();
    assertThat(settled.contains(new RecordPosition(KafkaTopics.DEAD_LETTERS, 1, 7))).isFalse();
    assertThat(settled.contains(new RecordPosition(KafkaTopics.PARKED, 0, 7))).isFalse();
  }

  @Test
  void takesAParkedLetterOut_whenTheOneThatWasRetriedIsSettled() {
    Map<String, String> headers = new HashMap<>(Letters.refusedRow("telemetry-1@1"));
    headers.put(DeadLetter.RETRY_OF, "telemetry.dlq-0@7");
    Letter parked = Letter.of(Letters.record(KafkaTopics.PARKED, 0, 3, "u/d", "x", headers));
    assertThat(settled.settles(parked)).isFalse();
    apply(7, TOPIC);
    assertThat(settled.settles(parked)).isTrue();
  }

  @Test
  void doesNotHideALetterOfATopicThatWasMadeAnew() {
    apply(7, Uuid.randomUuid());
    assertThat(settled.contains(id(7))).isFalse();
  }

  @Test
  void takesATombstoneForNoMarker() {
    apply(7, TOPIC);
    assertThat(settled.apply(Letters.marker("telemetry.dlq-0@7".getBytes(UTF_8), null))).isEmpty();
    assertThat(settled.contains(id(7))).isFalse();
  }

  @Test
  void passesOverWhatIsNoMarker() {
    for (String key : new String[] {"", "x", "telemetry.dlq-0", "telemetry-0@1"}) {
      assertThat(settled.apply(Letters.marker(key.getBytes(UTF_8), "{}".getBytes(UTF_8))))
          .isEmpty();
    }
    byte[] key = "telemetry.dlq-0@1".getBytes(UTF_8);
    for (String value : new String[] {"", "x", "[]", "{\"as\":", "null"}) {
      assertThat(settled.apply(Letters.marker(key, value.getBytes(UTF_8)))).isEmpty();
    }
    assertThat(settled.apply(Letters.marker(null, "{}".getBytes(UTF_8)))).isEmpty();
  }

  @Test
  void takesLittleMemory_whateverOffsetAMarkerNames() {
    for (long offset = 1; offset > 0 && offset < 100_000_000_000_000_000L; offset *= 7) {
      apply(offset, TOPIC);
      assertThat(settled.contains(id(offset))).isTrue();
      assertThat(settled.contains(id(offset + 1))).isFalse();
    }
  }

  @Test
  void writesDownWhatWasDropped() {
    Marker marker =
        Marker.of(
            id(7),
            Letters.of("ü/d", "x", Letters.refusedRow("telemetry-1@1")),
            new Decision.Drop(),
            TOPIC,
            Instant.EPOCH);
    assertThat(Marker.parse(marker.key(), marker.value())).contains(marker);
    assertThat(new String(marker.value(), UTF_8))
        .contains("\"as\":\"dropped\"")
        .contains("\"at\":\"1970-01-01T00:00:00Z\"")
        .contains("\"key\":\"ü/d\"")
        .contains("\"reason\":\"database_refused\"")
        .contains("\"source\":\"telemetry-1@1\"");
  }

  private void apply(long offset, Uuid topic) {
    Marker marker =
        Marker.of(
            id(offset),
            Letters.waiting(offset, "x"),
            new Decision.Replay("telemetry"),
            topic,
            Instant.EPOCH);
    var unused = settled.apply(Letters.marker(marker.key(), marker.value()));
  }

  private static RecordPosition id(long offset) {
    return new RecordPosition(KafkaTopics.DEAD_LETTERS, 0, offset);
  }
}
