package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.IngestTick;
import dev.weir.model.KafkaTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaTimeTest {

  private static final long NOW = 1_767_225_600_000L;

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong here = new AtomicLong(NOW);
  private final KafkaTime time =
      new KafkaTime(kafka, () -> Instant.ofEpochMilli(here.get()), registry);

  /** What was sent now is answered so much later, with a time of Kafka's in between. */
  private void answered(long written, long kafkaMillis, long later) {
    long sent = here.get();
    here.addAndGet(later);
    time.answered(written, sent, kafkaMillis);
  }

  @Test
  void isNotReliedOn_beforeItWasCompared() {
    assertThat(time.isApart()).isTrue();
    assertThat(time.problem())
        .hasValue("the clocks of this machine and of Kafka were not compared yet");
  }

  @Test
  void agreesWithATimeBetweenSendingAndAnswer_howeverLongThatTakes() {
    answered(NOW - 9_000, NOW + 20_000, 40_000);
    assertThat(time.isApart()).isFalse();
    assertThat(time.problem()).isEmpty();
  }

  @Test
  void isAhead_whenKafkaTookTheRecordBeforeItWasSent() {
    answered(NOW, NOW - 3_600_000, 10);
    assertThat(time.problem()).hasValue("this machine's clock is 3600.0 s ahead of Kafka's");
    assertThat(registry.get("weir.bridge.clock.ahead").gauge().value()).isEqualTo(3600);
  }

  @Test
  void isBehind_whenKafkaTookTheRecordAfterTheAnswer() {
    answered(NOW, NOW + 5_010, 10);
    assertThat(time.problem()).hasValue("this machine's clock is 5.0 s behind Kafka's");
    assertThat(registry.get("weir.bridge.clock.ahead").gauge().value()).isEqualTo(-5);
  }

  @Test
  void isApart_onlyBeyondTwoSeconds() {
    answered(NOW, NOW - 2_000, 10);
    assertThat(time.isApart()).isFalse();
    answered(here.get(), here.get() - 2_001, 10);
    assertThat(time.isApart()).isTrue();
  }

  @Test
  void isReliedOnAgain_onceItIsSet() {
    answered(NOW, NOW - 60_000, 10);
    assertThat(time.isApart()).isTrue();
    here.set(NOW - 60_000);
    answered(NOW - 60_000, NOW - 59_995, 10);
    assertThat(time.isApart()).isFalse();
  }

  /** A topic from before, whose records keep the times that are written into them. */
  @Test
  void isReliedOn_whereKafkaTellsNoTimeOfItsOwn() {
    answered(NOW - 9_000, NOW - 9_000, 10);
    assertThat(time.isApart()).isFalse();
    answered(NOW, -1, 10);
    assertThat(time.isApart()).isFalse();
  }

  @Test
  void asksOnce_andAgainWhereThatFailed() {
    time.ask();
    time.ask();
    assertThat(kafka.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> question = kafka.history().get(0);
    assertThat(question.topic()).isEqualTo(KafkaTopics.INGEST_CLOCK);
    assertThat(IngestTick.time(question.value(), NOW)).as("no tick").isEmpty();

    kafka.errorNext(new TimeoutException("Kafka is away"));
    assertThat(time.isApart()).isTrue();
    time.ask();
    assertThat(kafka.history()).hasSize(2);
    kafka.completeNext();
    assertThat(time.isApart()).isFalse();
    time.ask();
    assertThat(kafka.history()).as("it is known now").hasSize(2);
  }
}
