package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.bridge.ProducerFailures.Verdict;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import dev.weir.model.TraceContext;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a delivery and settles each with it: stored, dead-lettered where Kafka
 * refuses it for what it is, or failed. Called by event loops; never throws, and blocks only while
 * the producer's buffer is full or a topic's metadata is unknown, both within {@code max.block.ms}.
 *
 * <p>What follows from an answer of Kafka runs on the aftermath executor, never on the producer's
 * own thread: a send there could wait for metadata that only this thread can fetch.
 */
final class TelemetryProducer {

  private final Producer<byte[], byte[]> producer;
  private final Executor aftermath;
  private final Acceptance acceptance;
  private final BridgeMetrics metrics;
  private final Consumer<Throwable> fatal;
  private final Runnable readingProduced;

  TelemetryProducer(
      Producer<byte[], byte[]> producer,
      Executor aftermath,
      Acceptance acceptance,
      BridgeMetrics metrics,
      Consumer<Throwable> fatal) {
    this.producer = producer;
    this.aftermath = aftermath;
    this.acceptance = acceptance;
    this.metrics = metrics;
    this.fatal = fatal;
    this.readingProduced = metrics::readingProduced;
  }

  /** Sends one reading's bytes as they are. */
  void produce(byte[] key, byte[] value, Delivery delivery) {
    send(
        new ProducerRecord<>(KafkaTopics.TELEMETRY, null, delivery.receivedAt(), key, value),
        delivery,
        readingProduced,
        refusal -> reject(key, value, kafkaRefused(refusal), delivery));
  }

  /**
   * Sends refused bytes to the dead-letter queue, whole; if Kafka refuses them there too, their
   * beginning, so that nothing can hold up what comes after it.
   */
  void reject(byte[] key, byte[] value, Rejection rejection, Delivery delivery) {
    Runnable counted = () -> metrics.readingRejected(rejection.reason());
    send(
        DeadLetters.whole(key, value, rejection, delivery),
        delivery,
        counted,
        tooMuch ->
            send(
                DeadLetters.beginning(key, value, rejection, delivery),
                delivery,
                counted,
                refusal -> failed(delivery, refusal)));
  }

  /**
   * Sends a record of a delivery, with the trace that it belongs to.
   *
   * @param counted run once it is stored
   * @param refused told, on the aftermath executor, why Kafka refuses it for what it is; has to
   *     settle it then
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  void send(
      ProducerRecord<byte[], byte[]> record,
      Delivery delivery,
      Runnable counted,
      Consumer<Exception> refused) {
    TraceContext trace = delivery.arrival().trace();
    if (trace != null) {
      trace.fields().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    }
    acceptance.sending();
    try {
      producer.send(record, (metadata, failure) -> answered(failure, delivery, counted, refused));
    } catch (RuntimeException failure) {
      settle(failure, ProducerFailures.ofThrown(failure), delivery, refused);
    }
  }

  /** On the producer's thread, which swallows exceptions and dies of errors, without a word. */
  private void answered(
      @Nullable Exception failure,
      Delivery delivery,
      Runnable counted,
      Consumer<Exception> refused) {
    try {
      if (failure == null) {
        acceptance.stored();
        counted.run();
        delivery.stored();
      } else {
        settle(failure, ProducerFailures.ofReported(failure), delivery, refused);
      }
    } catch (Throwable bug) {
      fatal.accept(bug);
    }
  }

  private void settle(
      Exception failure, Verdict verdict, Delivery delivery, Consumer<Exception> refused) {
    if (verdict == Verdict.RECORD_REFUSED) {
      acceptance.stored();
      aftermath.execute(() -> refused.accept(failure));
      return;
    }
    acceptance.failed(failure);
    failed(delivery, failure);
    if (verdict == Verdict.FATAL) {
      fatal.accept(failure);
    }
  }

  private void failed(Delivery delivery, Exception failure) {
    delivery.failed(failure.toString());
  }

  private static Rejection kafkaRefused(Exception refusal) {
    return new Rejection(RejectionReason.KAFKA_REFUSED, String.valueOf(refusal.getMessage()));
  }
}
