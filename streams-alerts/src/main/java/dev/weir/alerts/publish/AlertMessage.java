package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.MqttTopics;
import org.jspecify.annotations.Nullable;

/** The MQTT form of an alert: its JSON as it stands in Kafka, to its user's topic. */
final class AlertMessage {

  /** The user property that holds the alert's id, for who does not want to read the JSON. */
  static final String ALERT_ID = "alert_id";

  private AlertMessage() {}

  /**
   * The message for a record's value.
   *
   * @throws PublishRefusedException where it is no alert, or no MQTT topic can hold its user
   */
  static Mqtt5Publish of(byte @Nullable [] json) {
    if (json == null) {
      throw new PublishRefusedException("the record has no value");
    }
    try {
      Alert alert = AlertCodec.decode(json);
      return Mqtt5Publish.builder()
          .topic(MqttTopics.alerts(alert.device().user()))
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(json)
          .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
          .contentType("application/json")
          .userProperties()
          .add(ALERT_ID, alert.alertId())
          .applyUserProperties()
          .build();
    } catch (IllegalArgumentException e) {
      throw new PublishRefusedException(String.valueOf(e.getMessage()));
    }
  }
}
