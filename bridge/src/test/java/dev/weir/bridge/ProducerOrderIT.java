package dev.weir.bridge;

import static org.awaitility.Awaitility.await;

import dev.weir.runtime.Settings;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bridge's producer beside a Kafka whose partitions are just coming up (KAFKA-15591). */
@Timeout(120)
class ProducerOrderIT {

  private static final int TOPICS = 3;
  private static final int PARTITIONS = 24;
  private static final int RECORDS = 10_000;

  @Test
  void noRecordIsLeftBehind_whenPartitionsComeUpUnderTheFirstRecords(@TempDir Path data)
      throws Exception {
    try (LocalStack stack = LocalStack.builder(data).kafka().start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      Settings settings =
          Settings.of(
              BridgeMain.definition(), Map.of("kafka.bootstrap.servers", stack.bootstrapServers()));
      for (int i = 0; i < TOPICS; i++) {
        String topic = "new-" + i;
        var created = admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)));
        created.topicId(topic).get();
        produceAtOnce(settings, topic);
      }
    }
  }

  private static void produceAtOnce(Settings settings, String topic) {
    try (var producer = new KafkaProducer<byte[], byte[]>(KafkaSettings.producer(settings))) {
      List<Future<?>> sent = new ArrayList<>();
      for (int n = 0; n < RECORDS; n++) {
        byte[] bytes = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, bytes, bytes)));
      }
      try {
        await("every record of " + topic + " is in Kafka")
            .atMost(Duration.ofSeconds(20))
            .until(() -> sent.stream().allMatch(Future::isDone));
      } finally {
        producer.close(Duration.ZERO);
      }
    }
  }
}
