package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserPropertiesBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.AlertStatus;
import dev.weir.model.MqttTopics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT forms of an alert. As an event: its JSON as it stands in Kafka, to its user's topic. As
 * a state: the same, retained under a topic of the device and the rule for as long as it is raised,
 * so that who subscribes later sees what is wrong now; an empty payload takes it away.
 *
 * @param event what happened
 * @param state what is so from now on
 */
record AlertMessage(Mqtt5Publish event, Mqtt5Publish state) {

  /** The user property that holds the alert's id, for who does not want to read the JSON. */
  static final String ALERT_ID = "alert_id";

  /**
   * The messages for a record's value.
   *
   * @param trace the fields of the trace that the alert belongs to
   * @throws PublishRefusedException where it is no alert, or no MQTT topic can hold its names
   */
  static AlertMessage of(byte @Nullable [] json, Map<String, String> trace) {
    if (json == null) {
      throw new PublishRefusedException("the record has no value");
    }
    try {
      Alert alert = AlertCodec.decode(json);
      Mqtt5UserPropertiesBuilder properties =
          Mqtt5UserProperties.builder().add(ALERT_ID, alert.alertId());
      for (Map.Entry<String, String> field : trace.entrySet()) {
        properties = properties.add(field.getKey(), field.getValue());
      }
      Mqtt5Publish event =
          Mqtt5Publish.builder()
              .topic(MqttTopics.alerts(alert.device().user()))
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(json)
              .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
              .contentType("application/json")
              .userProperties(properties.build())
              .build();
      String active = MqttTopics.activeAlert(alert.device(), alert.ruleId());
      return new AlertMessage(
          event,
          alert.status() == AlertStatus.CLEARED
              ? Mqtt5Publish.builder().topic(active).qos(MqttQos.AT_LEAST_ONCE).retain(true).build()
              : event.extend().topic(active).retain(true).build());
    } catch (IllegalArgumentException e) {
      throw new PublishRefusedException(String.valueOf(e.getMessage()));
    }
  }
}
