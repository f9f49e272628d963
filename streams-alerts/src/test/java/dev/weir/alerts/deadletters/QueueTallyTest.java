package dev.weir.alerts.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletters.Place;
import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class QueueTallyTest {

  private static final TopicPartition QUEUE = new TopicPartition(KafkaTopics.DEAD_LETTERS, 0);

  private final QueueTally tally =
      new QueueTally(
          Map.of(KafkaTopics.DEAD_LETTERS, Uuid.ZERO_UUID, KafkaTopics.PARKED, Uuid.ZERO_UUID));

  @Test
  void countsByReasonAndPlace() {
    waiting(0, "a");
    waiting(1, "b");
    parked(0, "c", "telemetry.dlq-1@5");
    foreign(2);
    assertThat(tally.count(Place.WAITING, "database_refused")).isEqualTo(2);
    assertThat(tally.count(Place.PARKED, "database_refused")).isEqualTo(1);
    assertThat(tally.count(Place.WAITING, "unknown")).isEqualTo(1);
    assertThat(tally.count(Place.WAITING, "empty")).isZero();
  }

  @Test
  void forgetsWhatIsSettled_beforeItIsReadOrAfter() {
    settle("telemetry.dlq-0@1");
    waiting(0, "a");
    waiting(1, "b");
    assertThat(sum()).isEqualTo(1);
    settle("telemetry.dlq-0@0");
    settle("telemetry.dlq-0@0");
    assertThat(sum()).isZero();
  }

  @Test
  void forgetsWhatTheRetryConnectorGotPast() {
    waiting(0, "a");
    waiting(1, "b");
    waiting(2, "c");
    tally.passed(QUEUE, 2);
    assertThat(sum()).isEqualTo(1);
    settle("telemetry.dlq-0@0");
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void forgetsAParkedLetter_whenTheOneThatWasRetriedIsSettled() {
    parked(0, "a", "telemetry.dlq-0@7");
    parked(1, "b", "telemetry.dlq-0@8");
    settle("telemetry.dlq-0@7");
    assertThat(sum()).isEqualTo(1);
    settle("telemetry.dlq-0@9");
    parked(2, "c", "telemetry.dlq-0@9");
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void countsACopyOnce() {
    waiting(0, "a");
    waiting(1, "a");
    waiting(2, "b");
    parked(0, "a", "telemetry.dlq-0@0");
    assertThat(sum()).isEqualTo(2);
    settle("telemetry.dlq-0@0");
    settle("telemetry.dlq-0@1");
    settle("telemetry.parked-0@0");
    assertThat(sum()).isEqualTo(1);
    waiting(3, "a");
    assertThat(sum()).as("refused again after its replay, so a letter again").isEqualTo(2);
  }

  @Test
  void knowsTheAgeOfTheOldest() {
    assertThat(tally.oldest()).isEmpty();
    waiting(10, "a");
    waiting(20, "b");
    tally.update();
    assertThat(tally.oldest()).contains(Instant.ofEpochSecond(10));
    settle("telemetry.dlq-0@10");
    assertThat(tally.oldest()).contains(Instant.ofEpochSecond(20));
    settle("telemetry.dlq-0@20");
    assertThat(tally.oldest()).isEmpty();
  }

  private long sum() {
    tally.update();
    long sum = 0;
    for (Place place : Place.values()) {
      for (String reason : QueueTally.REASONS) {
        sum += tally.count(place, reason);
      }
    }
    return sum;
  }

  private void waiting(long offset, String value) {
    letter(KafkaTopics.DEAD_LETTERS, offset, value, refused());
  }

  private void parked(long offset, String value, String retried) {
    Map<String, String> headers = new HashMap<>(refused());
    headers.put(DeadLetter.RETRY_OF, retried);
    letter(KafkaTopics.PARKED, offset, value, headers);
  }

  private void foreign(long offset) {
    letter(KafkaTopics.DEAD_LETTERS, offset, "foreign", Map.of());
  }

  private void settle(String letter) {
    tally.marker(
        new ConsumerRecord<>(
            KafkaTopics.SETTLED,
            0,
            0,
            letter.getBytes(UTF_8),
            "{\"as\":\"replayed\"}".getBytes(UTF_8)));
    tally.update();
  }

  private static Map<String, String> refused() {
    return new DeadLetter(
            new Rejection(RejectionReason.DATABASE_REFUSED, "23514"),
            DeadLetter.Stage.SINK,
            "telemetry-1@1",
            Instant.EPOCH,
            1)
        .headers();
  }

  /** A letter that came at as many seconds as its offset. */
  private void letter(String topic, long offset, String value, Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
    tally.letter(
        new ConsumerRecord<>(
            topic,
            0,
            offset,
            offset * 1000,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            "u/d".getBytes(UTF_8),
            value.getBytes(UTF_8),
            all,
            Optional.empty()));
  }
}
