package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Builds the records of the dead-letter queue. */
final class DeadLetters {

  /** What is kept of a payload, of its key and of its topic if Kafka does not take all of it. */
  static final int BEGINNING = 64 * 1024;

  private static final int NAME_BEGINNING = 1024;

  private DeadLetters() {}

  /** The refused bytes as they came. */
  static ProducerRecord<byte[], byte[]> whole(
      byte[] key, byte[] value, Rejection rejection, Delivery delivery) {
    return letter(key, value, rejection, delivery, delivery.arrival().topic());
  }

  /** The first bytes of what even the dead-letter queue does not take. */
  static ProducerRecord<byte[], byte[]> beginning(
      byte[] key, byte[] value, Rejection rejection, Delivery delivery) {
    byte[] kept = Arrays.copyOf(value, Math.min(value.length, BEGINNING));
    Rejection told =
        new Rejection(
            rejection.reason(),
            "%s (only the first %d of %d bytes are kept: Kafka takes no more)"
                .formatted(rejection.detail(), kept.length, value.length));
    String topic = delivery.arrival().topic();
    ProducerRecord<byte[], byte[]> letter =
        letter(
            Arrays.copyOf(key, Math.min(key.length, NAME_BEGINNING)),
            kept,
            told,
            delivery,
            topic.substring(0, Math.min(topic.length(), NAME_BEGINNING)));
    letter
        .headers()
        .add(DeadLetter.ORIGINAL_LENGTH, Integer.toString(value.length).getBytes(UTF_8));
    return letter;
  }

  private static ProducerRecord<byte[], byte[]> letter(
      byte[] key, byte[] value, Rejection rejection, Delivery delivery, String topic) {
    Instant receivedAt = Instant.ofEpochMilli(delivery.receivedAt());
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(KafkaTopics.DEAD_LETTERS, null, delivery.receivedAt(), key, value);
    new DeadLetter(rejection, DeadLetter.Stage.BRIDGE, topic, receivedAt, 1)
        .headers()
        .forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
    return letter;
  }
}
