package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DeadLetter;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LetterTest {

  @Test
  void saysWhatItsHeadersSay() {
    Letter letter = Letters.of("u1/d1", "{}", Letters.refusedRow("telemetry-3@17"));

    assertThat(letter.reason()).isEqualTo("database_refused");
    assertThat(letter.stage()).isEqualTo("sink");
    assertThat(letter.time()).isEqualTo(Letters.REFUSED);
    assertThat(letter.attempt()).isEqualTo(1);
    assertThat(letter.device()).contains(new Device("u1", "d1"));
    assertThat(letter.user()).contains("u1");
    assertThat(letter.id()).hasToString("telemetry.dlq-0@0");
  }

  @Test
  void isUnknown_whenAnotherProgramWroteIt() {
    Letter letter = Letters.of("x", "y", Map.of("weir.reason", "bad\u001b", "trace", "7"));
    assertThat(letter.reason()).isEqualTo(Letter.UNKNOWN);
    assertThat(letter.stage()).isEqualTo(Letter.UNKNOWN);
    assertThat(letter.time()).as("when Kafka took it").isEqualTo(Letters.REFUSED);
    assertThat(letter.user()).isEmpty();

    Letter empty =
        Letter.of(new ConsumerRecord<>(KafkaTopics.PARKED, 2, 5, (byte[]) null, (byte[]) null));
    assertThat(empty.reason()).isEqualTo(Letter.UNKNOWN);
    assertThat(empty.place()).isEqualTo(Place.PARKED);
    assertThat(empty.time()).isBeforeOrEqualTo(Instant.EPOCH);
    assertThat(empty.destination()).isInstanceOf(Decision.Leave.class);
    assertThat(empty.identity()).isNotNull();
  }

  @Test
  void belongsWhereItCameFrom() {
    assertThat(destination("u/d", "telemetry-3@17")).isEqualTo(replay("telemetry"));
    assertThat(destination("u/d", "users/u/devices/d/telemetry")).isEqualTo(replay("telemetry"));
    assertThat(destination("u/d", "alerts-3@1")).isEqualTo(replay("alerts"));
    assertThat(destination("any key", "orders-0@1")).isEqualTo(replay("orders"));
  }

  @Test
  void cannotBeReplayed_whenItBelongsNowhere() {
    assertLeft("users/u/devices//telemetry", "users/u/devices//telemetry", "names no device");
    assertLeft("no device", "telemetry-1@1", "names no device");
    assertLeft("u/d", "telemetry.dlq-1@1", "dead letters themselves");
    assertLeft("u/d", "telemetry.dlq.settled-1@1", "dead letters themselves");
    Map<String, String> cut = new HashMap<>(Letters.refusedRow("telemetry-1@1"));
    cut.put(DeadLetter.ORIGINAL_LENGTH, "5000000");
    assertThat(Letters.of("u/d", "x", cut).destination())
        .isEqualTo(new Decision.Leave("holds only the beginning of its payload"));
  }

  @Test
  void sharesItsIdentityWithItsCopiesOnly() {
    Letter letter = Letters.of("u/d", "x", Letters.refusedRow("telemetry-1@1"));
    assertThat(letter.identity())
        .isEqualTo(Letters.of("u/d", "x", Letters.refusedRow("telemetry-1@9")).identity())
        .isNotEqualTo(Letters.of("u/d", "y", Letters.refusedRow("telemetry-1@1")).identity())
        .isNotEqualTo(Letters.of("u/e", "x", Letters.refusedRow("telemetry-1@1")).identity())
        .isNotEqualTo(Letters.of("u/dx", "", Letters.refusedRow("telemetry-1@1")).identity())
        .isNotEqualTo(Letters.of("u/d", "x", Letters.refusedRow("alerts-1@1")).identity());
    Map<String, String> cut = new HashMap<>(Letters.refusedRow("telemetry-1@1"));
    cut.put(DeadLetter.ORIGINAL_LENGTH, "9");
    assertThat(letter.identity()).isNotEqualTo(Letters.of("u/d", "x", cut).identity());
  }

  @Test
  void keepsTheHeadersOfOthersApart() {
    Map<String, String> headers = new HashMap<>(Letters.refusedRow("telemetry-1@1"));
    headers.put("traceparent", "00-1");
    assertThat(Letters.of("u/d", "x", headers).foreignHeaders())
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.key()).isEqualTo("traceparent");
              assertThat(header.value()).isEqualTo("00-1".getBytes(UTF_8));
            });
  }

  private static void assertLeft(String key, String source, String why) {
    assertThat(destination(key, source))
        .isInstanceOfSatisfying(
            Decision.Leave.class, leave -> assertThat(leave.why()).contains(why));
  }

  private static Decision replay(String topic) {
    return new Decision.Replay(topic);
  }

  private static Decision destination(String key, String source) {
    return Letters.of(key, "x", Letters.refusedRow(source)).destination();
  }
}
