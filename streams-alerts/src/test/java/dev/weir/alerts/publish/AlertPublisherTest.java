package dev.weir.alerts.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.model.Severity;
import dev.weir.runtime.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertPublisherTest {

  private static final TopicPartition FIRST = new TopicPartition(KafkaTopics.ALERTS, 0);
  private static final TopicPartition SECOND = new TopicPartition(KafkaTopics.ALERTS, 1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RebalancingConsumer consumer = new RebalancingConsumer();
  private final FakeOutlet outlet = new FakeOutlet();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Health health = new Health();
  private final AlertPublisher publisher =
      new AlertPublisher(
          consumer,
          outlet,
          new PublishMetrics(metrics),
          true,
          Duration.ofMillis(50),
          InstantSource.fixed(NOW),
          health);

  @BeforeEach
  void assign() {
    consumer.subscribe(Set.of(KafkaTopics.ALERTS));
    consumer.rebalance(List.of(FIRST, SECOND));
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
  }

  @Test
  void publishesTheJsonToTheTopicOfTheUser() throws InterruptedException {
    byte[] json = alert("u7", "d1", 1);
    consumer.addRecord(record(FIRST, 0, json));
    publisher.step();

    Mqtt5Publish message = outlet.published.get(0);
    assertThat(message.getTopic()).hasToString("users/u7/alerts");
    assertThat(message.getPayloadAsBytes()).isEqualTo(json);
    assertThat(message.getContentType()).hasToString("Optional[application/json]");
    assertThat(message.getUserProperties().asList().get(0).getName()).hasToString("alert_id");
    assertThat(message.getUserProperties().asList().get(0).getValue()).hasToString("u7/d1/r/1");
    assertThat(metrics.get("weir.alerts.latency").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(1500);
  }

  @Test
  void commitsOnlyWhenBothMessagesAreAcknowledged() throws InterruptedException {
    add(FIRST, 0, 1);
    outlet.answer =
        message ->
            message.isRetain()
                ? CompletableFuture.failedFuture(new IllegalStateException("not authorized"))
                : CompletableFuture.completedFuture(null);
    publisher.step();
    assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
    assertThat(consumer.position(FIRST)).isZero();

    outlet.answer =
        message ->
            CompletableFuture.failedFuture(
                message.isRetain()
                    ? new IllegalStateException("connection lost")
                    : new PublishRefusedException("bad topic"));
    add(FIRST, 0, 1);
    publisher.step();
    assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
    assertThat(count("returned")).isEqualTo(2);
  }

  @Test
  void commitsWhatIsAcknowledged() throws InterruptedException {
    add(FIRST, 0, 3);
    add(SECOND, 0, 2);
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(3);
    assertThat(committed(SECOND)).isEqualTo(2);
    assertThat(count("published")).isEqualTo(5);
    assertThat(health.isReady()).isTrue();
  }

  @Test
  void goesBackToTheFirstThatIsNotAcknowledged() throws InterruptedException {
    add(FIRST, 0, 5);
    add(SECOND, 0, 2);
    AtomicBoolean failed = new AtomicBoolean();
    outlet.answer =
        message ->
            id(message).endsWith("/2") && failed.compareAndSet(false, true)
                ? CompletableFuture.failedFuture(new IllegalStateException("connection lost"))
                : CompletableFuture.completedFuture(null);
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(2);
    assertThat(consumer.position(FIRST)).isEqualTo(2);
    assertThat(committed(SECOND)).isEqualTo(2);
    assertThat(outlet.resets).hasSize(1);
    assertThat(count("returned")).isEqualTo(1);

    add(FIRST, 2, 3);
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(5);
    assertThat(count("published") + count("returned")).isEqualTo(taken());
  }

  @Test
  void commitsNothingWhereTheFirstIsNotAcknowledged() throws InterruptedException {
    add(FIRST, 0, 2);
    outlet.answer =
        message -> CompletableFuture.failedFuture(new IllegalStateException("not authorized"));
    publisher.step();
    assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
    assertThat(consumer.position(FIRST)).isZero();
  }

  @Test
  void givesTheConnectionUpWhenNoAcknowledgementComes() throws InterruptedException {
    add(FIRST, 0, 2);
    outlet.answer = message -> new CompletableFuture<>();
    publisher.step();
    assertThat(outlet.resets).singleElement().isInstanceOf(TimeoutException.class);
    assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
    assertThat(consumer.position(FIRST)).isZero();
  }

  @Test
  void pausesWithoutAConnectionAndGoesOnWithOne() throws InterruptedException {
    add(FIRST, 0, 2);
    outlet.open = false;
    publisher.step();
    assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(outlet.published).isEmpty();
    assertThat(taken()).isZero();

    outlet.open = true;
    publisher.step();
    assertThat(consumer.paused()).isEmpty();
    assertThat(committed(FIRST)).isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNoAlert() throws InterruptedException {
    consumer.addRecord(record(FIRST, 0, "nonsense".getBytes(StandardCharsets.UTF_8)));
    consumer.addRecord(record(FIRST, 1, null));
    consumer.addRecord(record(FIRST, 2, alert("+", "d1", 2)));
    consumer.addRecord(record(FIRST, 3, alert("u1", "d1", 3)));
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(4);
    assertThat(count("refused")).isEqualTo(3);
    assertThat(count("published")).isEqualTo(1);
    assertThat(outlet.resets).isEmpty();
  }

  @Test
  void leavesOutWhatTheBrokerRefusesForGood() throws InterruptedException {
    add(FIRST, 0, 2);
    outlet.answer =
        message -> CompletableFuture.failedFuture(new PublishRefusedException("bad topic"));
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(2);
    assertThat(count("refused")).isEqualTo(2);
  }

  @Test
  void aRefusalOfKafkaIsWaitedFor() throws InterruptedException {
    consumer.setPollException(new TopicAuthorizationException("alerts"));
    publisher.step();
    assertThat(health.isReady()).isFalse();
    add(FIRST, 0, 1);
    publisher.step();
    assertThat(health.isReady()).isTrue();
    assertThat(committed(FIRST)).isEqualTo(1);
  }

  @Test
  void commitsLater_whatItPublishedWhileTheGroupRebalanced() throws InterruptedException {
    add(FIRST, 0, 2);
    consumer.rebalancing = true;
    publisher.step();
    assertThat(consumer.committed(Set.of(FIRST))).isEmpty();

    consumer.rebalancing = false;
    publisher.step();
    assertThat(committed(FIRST)).isEqualTo(2);
    assertThat(count("published")).isEqualTo(2);
  }

  @Test
  void closesEverythingWhenStopped() {
    publisher.stop();
    publisher.run();
    assertThat(outlet.closed).isTrue();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void anUnexpectedFailureEndsIt() {
    consumer.setPollException(new KafkaException("for the test"));
    assertThatThrownBy(publisher::run).isInstanceOf(KafkaException.class);
    assertThat(outlet.closed).isTrue();
    assertThat(consumer.closed()).isTrue();
  }

  private void add(TopicPartition partition, long from, int count) {
    for (long offset = from; offset < from + count; offset++) {
      consumer.addRecord(record(partition, offset, alert("u1", "d1", offset)));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        NOW.minusMillis(1500).toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static String id(Mqtt5Publish message) {
    return message.getUserProperties().asList().get(0).getValue().toString();
  }

  private static byte[] alert(String user, String device, long sequence) {
    return AlertCodec.encode(
        new Alert(
            user + "/" + device + "/r/" + sequence,
            "r",
            AlertStatus.RAISED,
            Severity.INFO,
            new Device(user, device),
            "temperature",
            51,
            50,
            "too hot",
            NOW,
            NOW,
            null,
            sequence));
  }

  private long committed(TopicPartition partition) {
    OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
    return offset == null ? -1 : offset.offset();
  }

  private double count(String outcome) {
    return metrics.get("weir.alerts.publications").tag("outcome", outcome).counter().count();
  }

  private double taken() {
    return metrics.get("weir.alerts.taken").counter().count();
  }
}
