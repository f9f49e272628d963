package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kafka of the full stack lets each account do what {@code access.conf} grants, and no more. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KafkaAccessIT {

  @TempDir private static Path folder;
  private static SecuredKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = SecuredKafka.start(folder);
  }

  @AfterAll
  static void stopKafka() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bridge, telemetry, true",
    "bridge, telemetry.dlq, true",
    "bridge, alert-rules, true",
    "bridge, alerts, false",
    "bridge, telemetry.dlq.settled, false",
    "alerts, alerts, true",
    "alerts, device-audit, true",
    "alerts, telemetry, false",
    "alerts, alert-rules, false",
    "alerts, telemetry.dlq, false",
    "connect, telemetry.dlq, true",
    "connect, telemetry.parked, true",
    "connect, telemetry, false",
    "connect, alerts, false"
  })
  void writes(String account, String topic, boolean allowed) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(account)) {
      var sent = producer.send(new ProducerRecord<>(topic, "key".getBytes(UTF_8), new byte[1]));
      if (allowed) {
        assertThat(sent.get().offset()).isNotNegative();
      } else {
        assertThatThrownBy(sent::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alerts, telemetry, true",
    "connect, telemetry, true",
    "connect, alerts, true",
    "bridge, bridge-slots, true",
    "bridge, telemetry, false",
    "bridge, alerts, false",
    "connect, alert-rules, false",
    "alerts, device-audit, false"
  })
  void reads(String account, String topic, boolean allowed) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(account, Map.of())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      if (allowed) {
        consumer.poll(Duration.ofSeconds(2)); // may find nothing, but is let in
      } else {
        assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
            .isInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  @Test
  void takesNoOtherServicesGroup() {
    Map<String, Object> bridges = Map.of("group.id", "weir-bridge");
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("alerts", bridges)) {
      consumer.subscribe(List.of("telemetry"));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
          .isInstanceOf(GroupAuthorizationException.class);
    }
  }

  @Test
  void deletesNoTopic() {
    try (Admin admin = Admin.create(client("bridge"))) {
      assertThatThrownBy(() -> admin.deleteTopics(List.of("telemetry")).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void letsNobodyInWithAnothersPassword_norWithoutAny() {
    Map<String, Object> wrong =
        new HashMap<>(kafka.client("bridge", SecuredKafka.password("alerts")));
    try (Admin admin = Admin.create(wrong)) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
    Map<String, Object> nobody =
        Map.of(
            "bootstrap.servers",
            wrong.get("bootstrap.servers"),
            "default.api.timeout.ms",
            5000,
            "request.timeout.ms",
            4000);
    try (Admin admin = Admin.create(nobody)) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  private static Map<String, Object> client(String account) {
    return new HashMap<>(kafka.client(account, SecuredKafka.password(account)));
  }

  private static KafkaProducer<byte[], byte[]> producer(String account) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(client(account), bytes, bytes);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      String account, Map<String, Object> settings) {
    Map<String, Object> all = client(account);
    all.putAll(settings);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(all, bytes, bytes);
  }
}
