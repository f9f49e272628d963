package dev.weir.bench.alerts;

import dev.weir.bench.frame.ChildJava;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that exactly-once costs: a program that copies one topic to another, reading committed
 * records and committing offsets with its own, as Kafka Streams does, and with the settings of the
 * alerts service. It ends when its standard input does.
 */
public final class TransactionalCopyMain {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_PER_POLL = 1000; // the default of Kafka Streams

  private final String from;
  private final String to;
  private final Duration commitInterval;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

  private TransactionalCopyMain(String servers, String from, String to, Duration commitInterval) {
    this.from = from;
    this.to = to;
    this.commitInterval = commitInterval;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.GROUP_ID_CONFIG,
                to,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MOST_PER_POLL),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                to,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Arguments: bootstrap servers, topic to read, topic to write, commit interval in ms. */
  public static void main(String[] args) {
    endWithStandardInput();
    new TransactionalCopyMain(args[0], args[1], args[2], Duration.ofMillis(Long.parseLong(args[3])))
        .run();
  }

  private static void endWithStandardInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said on it
                }
              } catch (IOException e) {
                // as good as its end
              }
              Runtime.getRuntime().halt(0);
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private void run() {
    producer.initTransactions();
    consumer.subscribe(List.of(from));
    System.out.println(ChildJava.READY);
    long committed = System.nanoTime();
    boolean open = false;
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!open) {
          producer.beginTransaction();
          open = true;
        }
        var unused = producer.send(new ProducerRecord<>(to, record.key(), record.value()));
        done.put(
            new TopicPartition(record.topic(), record.partition()),
            new OffsetAndMetadata(record.offset() + 1));
      }
      if (open && System.nanoTime() - committed >= commitInterval.toNanos()) {
        producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
        producer.commitTransaction(); // throws where a record was not taken
        done.clear();
        open = false;
        committed = System.nanoTime();
      }
    }
  }
}
