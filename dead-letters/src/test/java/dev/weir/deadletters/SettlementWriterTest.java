package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SettlementWriterTest {

  private static final KafkaAccess ACCESS =
      new KafkaAccess(Map.of("bootstrap.servers", "nowhere:1"));

  private final TooLargeProducer producer = new TooLargeProducer();
  private final SettlementWriter writer = SettlementWriter.open(ACCESS, producer);

  /** Refuses, as Kafka does, values that say they are too large. */
  private static final class TooLargeProducer extends MockProducer<byte[], byte[]> {
    TooLargeProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> copy) {
      return Arrays.equals(copy.value(), "too large".getBytes(UTF_8))
          ? CompletableFuture.failedFuture(new RecordTooLargeException("1 MiB at most"))
          : super.send(copy);
    }
  }

  @Test
  void commitsTheCopyAndItsMarkersTogether() {
    Map<String, String> headers = new HashMap<>(Letters.refusedRow("telemetry-3@17"));
    headers.put("traceparent", "00-1");
    headers.put(DeadLetter.ATTEMPT, "3");
    headers.put(DeadLetter.RETRY_OF, "telemetry.dlq-0@0");
    Letter letter = Letters.of("u/d", "{}", headers);
    Letter copy = Letters.waiting(5, "{}");

    assertThat(write(new Settlement(letter, replay(), List.of(letter.id(), copy.id())))).isEmpty();

    assertThat(producer.commitCount()).isEqualTo(1);
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertThat(sent)
        .extracting(ProducerRecord::topic)
        .containsExactly("telemetry", KafkaTopics.SETTLED, KafkaTopics.SETTLED);
    assertThat(sent.get(0).key()).isEqualTo("u/d".getBytes(UTF_8));
    assertThat(sent.get(0).value()).isEqualTo("{}".getBytes(UTF_8));
    assertThat(sent.get(0).timestamp()).as("the time of the replay").isNull();
    assertThat(sent.get(0).headers().toArray())
        .extracting(Header::key, header -> new String(header.value(), UTF_8))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("traceparent", "00-1"),
            org.assertj.core.groups.Tuple.tuple("weir.attempt", "3"));
    assertThat(sent.subList(1, 3))
        .extracting(marker -> new String(marker.key(), UTF_8))
        .containsExactly("telemetry.dlq-0@0", "telemetry.dlq-0@5");
  }

  @Test
  void settlesTheOthers_whenKafkaRefusesOne() {
    Settlement good = settlement(1, "good");
    Settlement large = settlement(2, "too large");
    Settlement better = settlement(3, "better");

    assertThat(write(good, large, better)).containsOnlyKeys(large);

    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(producer.history())
        .as("one commit, without the marker of what was refused")
        .extracting(sent -> new String(sent.key(), UTF_8))
        .containsExactly("u/d", "telemetry.dlq-0@1", "u/d", "telemetry.dlq-0@3");
  }

  @Test
  void commitsNothing_whenEveryLetterIsRefused() {
    assertThat(write(settlement(2, "too large"))).hasSize(1);
    assertThat(producer.commitCount()).isZero();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void saysThatAnotherTookOver() {
    producer.fenceProducer();
    assertThatThrownBy(() -> write(settlement(1, "x")))
        .isInstanceOf(DeadLettersException.class)
        .hasMessageContaining("another replay or drop has begun");
  }

  @Test
  void settlesNothing_whenKafkaGoesAwayInTheMiddle() {
    producer.sendException = new TimeoutException("gone");
    assertThatThrownBy(() -> write(settlement(1, "x")))
        .isInstanceOf(DeadLettersException.class)
        .hasMessage("Kafka at nowhere:1 does not answer");
    assertThat(producer.commitCount()).isZero();
    assertThat(producer.transactionAborted()).isTrue();
  }

  private Map<Settlement, String> write(Settlement... batch) {
    return writer.write(List.of(batch), topic -> Optional.empty());
  }

  private static Settlement settlement(long offset, String value) {
    Letter letter = Letters.waiting(offset, value);
    return new Settlement(letter, replay(), List.of(letter.id()));
  }

  private static Decision replay() {
    return new Decision.Replay("telemetry");
  }
}
