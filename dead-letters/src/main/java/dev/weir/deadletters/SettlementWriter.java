package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the copies of replayed letters and the markers of all that leave the queue: both in one
 * transaction, so that a letter is replayed and out of the queue, or neither, whatever crashes. One
 * thread.
 *
 * <p>There is one such writer at a time: opening one ends, in Kafka, what another had not committed
 * and lets it commit nothing more. So it is to be opened before the queue is looked at.
 */
public final class SettlementWriter implements AutoCloseable {

  /** All of Weir's replays and drops are this one producer to Kafka. */
  public static final String TRANSACTIONAL_ID = "weir-dlq-replay";

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final KafkaAccess access;

  private SettlementWriter(KafkaAccess access, Producer<byte[], byte[]> producer) {
    this.access = access;
    this.producer = producer;
  }

  /**
   * Becomes the only writer.
   *
   * @throws DeadLettersException where Kafka does not answer or does not allow it
   */
  public static SettlementWriter open(KafkaAccess access) {
    try {
      return open(access, access.producer(TRANSACTIONAL_ID));
    } catch (KafkaException e) {
      throw access.sentence(e);
    }
  }

  static SettlementWriter open(KafkaAccess access, Producer<byte[], byte[]> producer) {
    SettlementWriter writer = new SettlementWriter(access, producer);
    try {
      producer.initTransactions();
      return writer;
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Settles letters, in one transaction.
   *
   * @param topicId Kafka's id of a topic of letters
   * @return those that Kafka refuses as they are, such as too large ones, and why; the others are
   *     settled
   * @throws DeadLettersException where nothing was settled, or where that is not known: whoever
   *     looks at the queue again sees it
   */
  Map<Settlement, String> write(List<Settlement> batch, Function<String, Optional<Uuid>> topicId) {
    Map<Settlement, String> refused = new LinkedHashMap<>();
    List<Settlement> rest = new ArrayList<>(batch);
    try {
      while (!rest.isEmpty()) {
        Map<Settlement, String> refusedNow = attempt(rest, topicId);
        if (refusedNow.isEmpty()) {
          producer.commitTransaction();
          return refused;
        }
        producer.abortTransaction();
        refused.putAll(refusedNow);
        rest.removeAll(refusedNow.keySet());
      }
      return refused;
    } catch (KafkaException | ExecutionException e) {
      if (isFenced(e)) {
        throw fenced(e);
      }
      abortQuietly();
      throw access.sentence(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadLettersException("interrupted", e);
    }
  }

  /** Sends all of it, up to the commit. */
  private Map<Settlement, String> attempt(
      List<Settlement> batch, Function<String, Optional<Uuid>> topicId)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    Instant now = Instant.now();
    Map<Settlement, Future<RecordMetadata>> copies = new LinkedHashMap<>();
    List<Future<RecordMetadata>> markers = new ArrayList<>();
    try {
      for (Settlement settlement : batch) {
        if (settlement.decision() instanceof Decision.Replay replay) {
          copies.put(settlement, producer.send(copy(settlement.letter(), replay.topic())));
        }
        for (RecordPosition member : settlement.members()) {
          Uuid id = topicId.apply(member.topic()).orElse(null);
          Marker marker = Marker.of(member, settlement.letter(), settlement.decision(), id, now);
          markers.add(
              producer.send(
                  new ProducerRecord<>(KafkaTopics.SETTLED, marker.key(), marker.value())));
        }
      }
      producer.flush();
    } catch (KafkaException e) {
      // A transaction takes nothing more after a refusal; was it one for what the record is?
      Map<Settlement, String> refused = refused(copies);
      if (refused.isEmpty()) {
        throw e;
      }
      return refused;
    }
    Map<Settlement, String> refused = refused(copies);
    if (refused.isEmpty()) {
      for (Future<RecordMetadata> marker : markers) {
        marker.get();
      }
    }
    return refused;
  }

  /** The letters that Kafka will not take however often they are sent. */
  private static Map<Settlement, String> refused(Map<Settlement, Future<RecordMetadata>> copies)
      throws InterruptedException {
    Map<Settlement, String> refused = new LinkedHashMap<>();
    for (Map.Entry<Settlement, Future<RecordMetadata>> copy : copies.entrySet()) {
      try {
        if (copy.getValue().isDone()) {
          copy.getValue().get();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RecordTooLargeException
            || e.getCause() instanceof InvalidRecordException) {
          refused.put(
              copy.getKey(), "is refused by Kafka: " + String.valueOf(e.getCause().getMessage()));
        }
      }
    }
    return refused;
  }

  /** The key and the bytes as they were; how often it was refused; what others wrote of it. */
  private static ProducerRecord<byte[], byte[]> copy(Letter letter, String topic) {
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(topic, null, letter.key(), letter.value());
    letter.foreignHeaders().forEach(copy.headers()::add);
    copy.headers().add(DeadLetter.ATTEMPT, Integer.toString(letter.attempt()).getBytes(UTF_8));
    return copy;
  }

  /** Kafka says it in several ways, and at any of the calls. */
  private static boolean isFenced(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof ProducerFencedException
            || failure instanceof InvalidProducerEpochException
            || isFenced(failure.getCause()));
  }

  private static DeadLettersException fenced(Exception e) {
    return new DeadLettersException(
        "another replay or drop has begun and goes on instead of this one (or Kafka gave this one"
            + " up, having heard nothing of it for too long); what this one had reported is done",
        e);
  }

  private void abortQuietly() {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Kafka ends the transaction by itself: when it times out, or when the next writer opens.
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
