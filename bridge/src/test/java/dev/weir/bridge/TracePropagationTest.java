package dev.weir.bridge;

import static dev.weir.bridge.Carrying.reading;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserPropertiesBuilder;
import dev.weir.model.KafkaTopics;
import dev.weir.model.TraceContext;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The trace that a publish belongs to goes along with whatever is made of it. */
class TracePropagationTest {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final TraceContext TRACE = new TraceContext(PARENT, "a=1");
  private static final List<String> FIELDS = List.of("traceparent=" + PARENT, "tracestate=a=1");

  private final Carrying carrying = new Carrying();

  @Test
  void isReadFromTheUserProperties() {
    assertThat(trace("traceparent", PARENT, "tracestate", "a=1", "other", "x")).isEqualTo(TRACE);
    assertThat(trace("traceparent", PARENT)).isEqualTo(new TraceContext(PARENT, ""));
  }

  @Test
  void isNone_whereThePropertiesHoldNoneOrAnInvalidOne() {
    assertThat(trace()).isNull();
    assertThat(trace("other", "x")).isNull();
    assertThat(trace("Traceparent", PARENT)).isNull();
    assertThat(trace("traceparent", "nonsense", "tracestate", "a=1")).isNull();
    assertThat(trace("traceparent", PARENT, "traceparent", PARENT)).isNull();
  }

  @Test
  void goesAlongWithEachReading() {
    carrying.arrive(
        "a", Carrying.TOPIC, ("[" + reading(1) + "," + reading(2) + "]").getBytes(UTF_8), TRACE);

    assertThat(carrying.kafka.history()).hasSize(2);
    carrying.kafka.history().forEach(record -> assertThat(headers(record)).isEqualTo(FIELDS));
  }

  @Test
  void goesAlongWithWhatIsRefused() {
    carrying.arrive("a", Carrying.TOPIC, "nonsense".getBytes(UTF_8), TRACE);

    assertThat(carrying.last().topic()).isEqualTo(KafkaTopics.DEAD_LETTERS);
    assertThat(headers(carrying.last())).containsAll(FIELDS);
  }

  @Test
  void goesAlongOnce_whenKafkaRefusesTheReading() {
    carrying.arrive("a", Carrying.TOPIC, reading(1).getBytes(UTF_8), TRACE);
    carrying.kafka.errorNext(new RecordTooLargeException("for the test"));

    assertThat(carrying.last().topic()).isEqualTo(KafkaTopics.DEAD_LETTERS);
    assertThat(headers(carrying.last())).containsAll(FIELDS).doesNotHaveDuplicates();
  }

  @Test
  void goesAlongWithCommandsOfUsers() {
    carrying.arrive(
        "a",
        "users/u1/alerts/manage",
        "{\"action\":\"ACKNOWLEDGE\",\"device_id\":\"d1\",\"rule_id\":\"r\"}".getBytes(UTF_8),
        TRACE);

    assertThat(carrying.last().topic()).isEqualTo(KafkaTopics.ALERT_COMMANDS);
    assertThat(headers(carrying.last())).isEqualTo(FIELDS);
  }

  @Test
  void addsNothingWhereThereIsNone() {
    carrying.arrive("a", reading(1));

    assertThat(headers(carrying.last())).isEmpty();
  }

  private static @Nullable TraceContext trace(String... properties) {
    Mqtt5UserPropertiesBuilder builder = Mqtt5UserProperties.builder();
    for (int i = 0; i < properties.length; i += 2) {
      builder = builder.add(properties[i], properties[i + 1]);
    }
    return TraceProperties.of(builder.build());
  }

  private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
    return List.of(record.headers().toArray()).stream()
        .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .toList();
  }
}
