package dev.weir.bridge;

import static dev.weir.bridge.Carrying.header;
import static dev.weir.bridge.Carrying.reading;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishHandlerTest {

  private final Carrying carrying = new Carrying();

  @AfterEach
  void theEquationHolds() {
    carrying.assertBalanced();
  }

  @Test
  void acknowledgesOnlyAfterKafkaAccepts() {
    carrying.arrive("a", reading(1));

    assertThat(carrying.acknowledged).isEmpty();
    carrying.assertBalanced();

    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(carrying.inFlight.count()).isZero();
  }

  @Test
  void sendsTheDevicesBytesUntouchedUnderItsKey() {
    byte[] payload = reading(1).getBytes(UTF_8);
    carrying.arrive("a", Carrying.TOPIC, payload);

    ProducerRecord<byte[], byte[]> record = carrying.last();
    assertThat(record.topic()).isEqualTo(KafkaTopics.TELEMETRY);
    assertThat(record.key()).isEqualTo("u1/d1".getBytes(UTF_8));
    assertThat(record.value()).isSameAs(payload);
    assertThat(record.timestamp()).isEqualTo(Carrying.NOW.toEpochMilli());
  }

  @Test
  void keepsUnacknowledgedAndEndsTheEpoch_whenProduceFails() {
    carrying.arrive("a", reading(1));
    carrying.arrive("b", reading(2));
    carrying.kafka.errorNext(new TopicAuthorizationException("telemetry"));
    carrying.kafka.completeNext();

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.epoch.ended().join().cause()).isEqualTo(EpochEnd.Cause.SEND_FAILED);
    assertThat(carrying.acceptance.problem()).isEmpty();
    assertThat(carrying.fatal).isEmpty();
    assertThat(carrying.count("weir.bridge.messages.abandoned")).isEqualTo(2);
    assertThat(carrying.count("weir.bridge.readings.produced")).isEqualTo(1);
  }

  @Test
  void keepsUnacknowledgedAndEndsTheEpoch_whenTheSendItselfFails() {
    carrying.kafka.sendException = new TimeoutException("topic not in metadata");
    carrying.arrive("a", reading(1));

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.epoch.over()).isTrue();
    assertThat(carrying.acceptance.problem()).isPresent();
    assertThat(carrying.fatal).isEmpty();
  }

  @Test
  void endsTheProcess_whenTheProducerIsBroken() {
    carrying.arrive("a", reading(1));
    carrying.kafka.errorNext(new OutOfOrderSequenceException("lost its place"));
    carrying.kafka.sendException = new KafkaException("in error state");
    carrying.arrive("b", reading(2));

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.fatal).hasSize(1);
  }

  @Test
  void takesNothingMore_onceTheEpochIsOver() {
    carrying.epoch.end(EpochEnd.Cause.DISCONNECTED, "gone");
    carrying.arrive("a", reading(1));

    assertThat(carrying.kafka.history()).isEmpty();
    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.count("weir.bridge.messages.abandoned")).isEqualTo(1);
  }

  @Test
  void acknowledgesWhatIsInFlightButTakesNothingNew_whileDraining() {
    carrying.arrive("a", reading(1));
    carrying.epoch.drain();
    carrying.arrive("b", reading(2));
    assertThat(carrying.inFlight.quiet()).isNotDone();
    carrying.kafka.completeNext();

    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(carrying.inFlight.quiet()).isDone();
    assertThat(carrying.sent(KafkaTopics.TELEMETRY)).containsExactly(reading(1));
  }

  @Test
  void isInFlightUntilTheEventLoopHasAcknowledged() {
    Queue<Runnable> loop = new ArrayDeque<>();
    carrying.settling = loop::add;
    carrying.arrive("a", reading(1));
    carrying.kafka.completeNext();

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.inFlight.quiet()).isNotDone();
    carrying.assertBalanced();
    loop.remove().run();
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(carrying.inFlight.quiet()).isDone();
    assertThat(carrying.registry.get("weir.bridge.produce").timer().count()).isEqualTo(1);
  }

  @Test
  void doesNotAcknowledge_whenTheEpochEndsBeforeTheEventLoopGetsToIt() {
    Queue<Runnable> loop = new ArrayDeque<>();
    carrying.settling = loop::add;
    carrying.arrive("a", reading(1));
    carrying.kafka.completeNext();
    carrying.epoch.end(EpochEnd.Cause.DISCONNECTED, "gone");
    loop.remove().run();

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.inFlight.quiet()).isDone();
    assertThat(carrying.registry.get("weir.bridge.produce").timer().count()).isZero();
  }

  @Test
  void acknowledgesAnArrayAfterItsLastRecord() {
    carrying.arrive("a", "[" + reading(1) + ", " + reading(2) + "," + reading(3) + "]");

    assertThat(carrying.sent(KafkaTopics.TELEMETRY))
        .containsExactly(reading(1), reading(2), reading(3));
    carrying.kafka.completeNext();
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).isEmpty();
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void neverAcknowledgesAnArrayOfWhichOneRecordFailed() {
    carrying.arrive("a", "[" + reading(1) + "," + reading(2) + "]");
    carrying.kafka.errorNext(new TimeoutException("gave up"));
    carrying.kafka.completeNext();

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.epoch.over()).isTrue();
  }

  @Test
  void deadLettersABadElementAloneAndAcknowledgesAfterwards() {
    carrying.arrive("a", "[" + reading(1) + ",{\"sequence_id\":2}]");

    assertThat(carrying.sent(KafkaTopics.TELEMETRY)).containsExactly(reading(1));
    assertThat(carrying.sent(KafkaTopics.DEAD_LETTERS)).containsExactly("{\"sequence_id\":2}");
    ProducerRecord<byte[], byte[]> letter = carrying.last();
    assertThat(letter.key()).isEqualTo("u1/d1".getBytes(UTF_8));
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("missing_field");
    assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("bridge");
    assertThat(header(letter, DeadLetter.SOURCE)).isEqualTo(Carrying.TOPIC);
    assertThat(header(letter, DeadLetter.TIME)).isEqualTo("2026-01-01T00:00:10Z");
    assertThat(header(letter, DeadLetter.ATTEMPT)).isEqualTo("1");

    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).isEmpty();
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(carrying.count("weir.bridge.readings.rejected")).isEqualTo(1);
  }

  @Test
  void deadLettersUnderTheTopic_whenItNamesNoDevice() {
    carrying.arrive("a", "users//devices/d1/telemetry", reading(1).getBytes(UTF_8));
    carrying.kafka.completeNext();

    ProducerRecord<byte[], byte[]> letter = carrying.last();
    assertThat(letter.topic()).isEqualTo(KafkaTopics.DEAD_LETTERS);
    assertThat(letter.key()).isEqualTo("users//devices/d1/telemetry".getBytes(UTF_8));
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("invalid_identity");
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void deadLettersAndAcknowledgesWhatKafkaFindsTooLarge() {
    carrying.arrive("a", reading(1));
    carrying.kafka.errorNext(new RecordTooLargeException("over the topic's limit"));

    assertThat(carrying.sent(KafkaTopics.DEAD_LETTERS)).containsExactly(reading(1));
    assertThat(header(carrying.last(), DeadLetter.REASON)).isEqualTo("kafka_refused");
    assertThat(carrying.acknowledged).isEmpty();
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(carrying.epoch.over()).isFalse();
  }

  @Test
  void keepsTheBeginning_whenEvenTheDeadLetterQueueFindsItTooLarge() {
    byte[] huge = new byte[5 * 1024 * 1024];
    new Random(1).nextBytes(huge);
    carrying.arrive("a", Carrying.TOPIC, huge);
    carrying.kafka.errorNext(new RecordTooLargeException("over the topic's limit"));

    ProducerRecord<byte[], byte[]> letter = carrying.last();
    assertThat(letter.topic()).isEqualTo(KafkaTopics.DEAD_LETTERS);
    assertThat(letter.value()).isEqualTo(Arrays.copyOf(huge, DeadLetters.BEGINNING));
    assertThat(header(letter, DeadLetter.ORIGINAL_LENGTH)).isEqualTo("5242880");
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("too_large");
    assertThat(header(letter, DeadLetter.DETAIL)).contains("first 65536 of 5242880 bytes");
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void endsTheEpoch_whenTheDeadLetterQueueTakesNothing() {
    carrying.arrive("a", "not json");
    carrying.kafka.errorNext(new RecordTooLargeException("over the topic's limit"));
    carrying.kafka.errorNext(new RecordTooLargeException("over the topic's limit"));

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.epoch.over()).isTrue();
  }

  @Test
  void endsTheProcess_whenTheProducersThreadMeetsABug() {
    carrying.bug = new NoClassDefFoundError("a broken class path");
    carrying.arrive("a", reading(1));
    carrying.kafka.completeNext();

    assertThat(carrying.fatal).containsExactly(carrying.bug);
  }
}
