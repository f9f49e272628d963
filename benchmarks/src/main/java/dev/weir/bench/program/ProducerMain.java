package dev.weir.bench.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.bench.source.Readings;
import dev.weir.bridge.KafkaSettings;
import dev.weir.model.KafkaTopics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Kafka's producer alone, with the bridge's settings and as many records under way as the bridge
 * can have: the least that a bridge's Kafka side costs.
 */
public final class ProducerMain {

  private static final int IN_FLIGHT = 16_000;
  private static final int DEVICES = 90;
  private static final long LIMIT_SECONDS = 120;

  private ProducerMain() {}

  /**
   * Arguments: Kafka's address, then properties that replace the bridge's, as {@code name=value}.
   * Orders are numbers of records; the answer is the seconds that they took.
   */
  public static void main(String[] args) throws Exception {
    Map<String, Object> properties = KafkaSettings.producer(args[0]);
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      properties.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    List<Readings.Sample> samples = Readings.of(Readings.DIFFERENT, DEVICES);
    List<byte[]> keys = samples.stream().map(each -> each.device().key().getBytes(UTF_8)).toList();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
      producer.partitionsFor(KafkaTopics.TELEMETRY);
      new Orders().follow(count -> "took " + send(producer, samples, keys, Long.parseLong(count)));
    }
  }

  private static double send(
      KafkaProducer<byte[], byte[]> producer,
      List<Readings.Sample> samples,
      List<byte[]> keys,
      long count)
      throws InterruptedException {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    long began = System.nanoTime();
    for (long i = 0; i < count; i++) {
      inFlight.acquire();
      int which = (int) (i % samples.size());
      var unused =
          producer.send(
              new ProducerRecord<>(
                  KafkaTopics.TELEMETRY,
                  null,
                  System.currentTimeMillis(),
                  keys.get(which),
                  samples.get(which).payload()),
              (metadata, failure) -> {
                if (failure != null) {
                  failure.printStackTrace();
                  Runtime.getRuntime().halt(1);
                }
                inFlight.release();
              });
    }
    if (!inFlight.tryAcquire(IN_FLIGHT, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Kafka has not taken all within " + LIMIT_SECONDS + " s");
    }
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
