package dev.weir.stack.broker;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;

/**
 * The queue behind one MQTT shared subscription, created before anyone subscribes. Left to the
 * subscribers, several that subscribe for the first time at once each try to create it, and Artemis
 * leaves those that lose without an answer. It also keeps what is published before the first comes.
 *
 * @param filter {@code $share/<group>/<topic filter>}
 */
record SharedQueue(String filter) {

  SharedQueue {
    if (!MQTTUtil.isSharedSubscription(filter)) {
      throw new IllegalArgumentException("not a shared subscription: " + filter);
    }
  }

  void createIn(ActiveMQServer server) throws Exception {
    WildcardConfiguration wildcards = server.getConfiguration().getWildcardConfiguration();
    String topics = MQTTUtil.decomposeSharedSubscriptionTopicFilter(filter).getB();
    String address = MQTTUtil.getCoreAddressFromMqttTopic(topics, wildcards);
    String queue = MQTTUtil.getCoreQueueFromMqttTopic(filter, "", wildcards);
    server.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(address), RoutingType.MULTICAST));
    QueueConfiguration configuration =
        QueueConfiguration.of(queue)
            .setAddress(address)
            .setRoutingType(RoutingType.MULTICAST)
            .setDurable(true);
    server.createQueue(configuration, true);
  }
}
