package dev.weir.stack.broker;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connection of a client that publishes more than the bridge takes, before the publish
 * is acknowledged: taken, it would be dropped on its way to the bridge, silently (MQTT 5, section
 * 3.1.2.11.4). Artemis itself holds only MQTT 5 clients to its limit. Called by the broker's
 * threads.
 */
public final class RefuseTooLarge implements MQTTInterceptor {

  /** Under the bridge's default limit of 8 MiB by more than a publish's topic and properties. */
  static final int MAXIMUM_BYTES = 6 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RefuseTooLarge.class);

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection) {
    if (packet instanceof MqttPublishMessage publish
        && publish.payload().readableBytes() > MAXIMUM_BYTES) {
      LOG.warn(
          "publish refused, connection closed: client={} topic={} bytes={} allowed={}",
          connection.getClientID(),
          publish.variableHeader().topicName(),
          publish.payload().readableBytes(),
          MAXIMUM_BYTES);
      connection.destroy();
      return false;
    }
    return true;
  }
}
