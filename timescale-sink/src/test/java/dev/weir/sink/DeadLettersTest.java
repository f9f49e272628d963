package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DeadLetter;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final Rejection REJECTION = new Rejection(RejectionReason.NOT_JSON, "is – not");

  private final FakeReporter queue = new FakeReporter();
  private final DeadLetters deadLetters =
      new DeadLetters(queue, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

  @Test
  void keepsTheRecordAndSaysWhyWhereAndWhen() {
    SinkRecord record = Records.record(7, "{bad");
    deadLetters.report(record, REJECTION);

    SinkRecord letter = queue.letters.get(0);
    assertThat(letter).isNotSameAs(record);
    assertThat(letter.key()).isSameAs(record.key());
    assertThat(letter.value()).isSameAs(record.value());
    assertThat(letter.timestamp()).isEqualTo(record.timestamp());
    assertThat(letter.kafkaOffset()).isEqualTo(7);
    assertThat(FakeReporter.header(letter, DeadLetter.REASON)).isEqualTo("not_json");
    assertThat(FakeReporter.header(letter, DeadLetter.DETAIL)).isEqualTo("is – not");
    assertThat(FakeReporter.header(letter, DeadLetter.STAGE)).isEqualTo("sink");
    assertThat(FakeReporter.header(letter, DeadLetter.SOURCE)).isEqualTo("telemetry-0@7");
    assertThat(FakeReporter.header(letter, DeadLetter.TIME)).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(FakeReporter.header(letter, DeadLetter.ATTEMPT)).isEqualTo("1");
    assertThat(letter.headers()).hasSize(6);
  }

  @Test
  void countsTheAttemptAndReplacesTheHeadersOfAnEarlierOne() {
    SinkRecord record = Records.record(7, "{bad");
    record.headers().addBytes(DeadLetter.ATTEMPT, Records.bytes("2"));
    record.headers().addBytes(DeadLetter.REASON, Records.bytes("wrong_type"));
    record.headers().addBytes("trace", Records.bytes("abc"));
    deadLetters.report(record, REJECTION);

    SinkRecord letter = queue.letters.get(0);
    assertThat(FakeReporter.header(letter, DeadLetter.ATTEMPT)).isEqualTo("3");
    assertThat(StreamSupport.stream(letter.headers().spliterator(), false).map(Header::key))
        .containsExactlyInAnyOrder(
            "trace",
            DeadLetter.REASON,
            DeadLetter.DETAIL,
            DeadLetter.STAGE,
            DeadLetter.SOURCE,
            DeadLetter.TIME,
            DeadLetter.ATTEMPT);
  }

  @Test
  void keepsATombstoneATombstone() {
    deadLetters.report(Records.record(7, null, null), REJECTION);
    assertThat(queue.letters.get(0).value()).isNull();
    assertThat(queue.letters.get(0).key()).isNull();
  }

  @Test
  void waitsForAnAnswerThatComesLate_andFailsIfItIsARefusal() {
    DeadLetters slow =
        new DeadLetters(
            (record, error) -> new CompletableFuture<Void>().orTimeout(50, TimeUnit.MILLISECONDS),
            InstantSource.system());
    slow.report(Records.record(7, "{bad"), REJECTION);

    assertThatThrownBy(slow::await)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("its offset is not committed");
  }

  @Test
  void failsWithoutAQueueInsteadOfDroppingTheRecord() {
    DeadLetters none = new DeadLetters(null, InstantSource.system());
    assertThatThrownBy(() -> none.report(Records.record(7, "{bad"), REJECTION))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("telemetry-0@7")
        .hasMessageContaining("errors.deadletterqueue.topic.name");
  }
}
