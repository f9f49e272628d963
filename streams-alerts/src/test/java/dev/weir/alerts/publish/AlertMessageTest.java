package dev.weir.alerts.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.AlertStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertMessageTest {

  private static byte[] json(AlertStatus status) {
    return """
        {"alert_id":"u7/d1/hot/1","rule_id":"hot","status":"%s","severity":"INFO","user_id":"u7",
        "device_id":"d1","metric":"temperature","value":51,"threshold":50,"message":"too hot",
        "time":"2026-01-01T00:00:00Z","raised_at":"2026-01-01T00:00:00Z","sequence_id":1}"""
        .formatted(status)
        .getBytes(UTF_8);
  }

  @Test
  void whatIsRaisedIsToldAndRetained() {
    AlertMessage message = AlertMessage.of(json(AlertStatus.RAISED), Map.of());

    assertThat(message.event().getTopic()).hasToString("users/u7/alerts");
    assertThat(message.event().isRetain()).isFalse();
    Mqtt5Publish state = message.state();
    assertThat(state.getTopic()).hasToString("users/u7/devices/d1/alerts/hot");
    assertThat(state.getPayloadAsBytes()).isEqualTo(json(AlertStatus.RAISED));
    assertThat(state.isRetain()).isTrue();
  }

  @Test
  void theTraceIsHandedOnBesideTheId() {
    AlertMessage message = AlertMessage.of(json(AlertStatus.RAISED), Map.of("traceparent", "00-1"));

    assertThat(message.event().getUserProperties().asList())
        .extracting(property -> property.getName() + "=" + property.getValue())
        .hasSize(2)
        .contains("traceparent=00-1");
    assertThat(message.state().getUserProperties()).isEqualTo(message.event().getUserProperties());
  }

  @Test
  void whatIsAcknowledgedStaysAndSaysSo() {
    Mqtt5Publish state = AlertMessage.of(json(AlertStatus.ACKNOWLEDGED), Map.of()).state();

    assertThat(new String(state.getPayloadAsBytes(), UTF_8)).contains("ACKNOWLEDGED");
    assertThat(state.isRetain()).isTrue();
  }

  @Test
  void whatIsClearedIsTakenAway() {
    AlertMessage message = AlertMessage.of(json(AlertStatus.CLEARED), Map.of());

    assertThat(message.event().getPayloadAsBytes()).isNotEmpty();
    assertThat(message.state().getTopic()).hasToString("users/u7/devices/d1/alerts/hot");
    assertThat(message.state().getPayloadAsBytes()).isEmpty();
    assertThat(message.state().isRetain()).isTrue();
  }
}
