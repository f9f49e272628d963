package dev.weir.bench.program;

import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The rival that one writes in an afternoon: Apache Camel's paho-mqtt5 consumer, and its Kafka
 * producer, with the same promise (acknowledged when the exchange is complete, which is when Kafka
 * has it) and the same producer settings. The route is asynchronous, as Camel's are by default.
 */
public final class CamelMain {

  private CamelMain() {}

  /** Arguments: the broker's port on loopback, Kafka's address, the shared group. */
  public static void main(String[] args) throws Exception {
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(route(args[0], args[1], args[2]));
    context.start();
    new Orders().follow();
  }

  private static RouteBuilder route(String port, String kafka, String group) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("paho-mqtt5:$share/"
                + group
                + "/users/+/devices/+/telemetry"
                + "?brokerUrl=tcp://127.0.0.1:"
                + port
                + "&clientId=camel-"
                + UUID.randomUUID()
                + "&cleanStart=false&sessionExpiryInterval=86400&qos=1"
                + "&receiveMaximum=16000&manualAcksEnabled=true&keepAliveInterval=600")
            .process(CamelMain::key)
            .to(
                "kafka:telemetry?brokers="
                    + kafka
                    + "&requestRequiredAcks=all&enableIdempotence=true"
                    + "&lingerMs=5&producerBatchSize=131072&bufferMemorySize=67108864"
                    + "&compressionCodec=lz4&recordMetadata=false"
                    + "&keySerializer=org.apache.kafka.common.serialization.StringSerializer"
                    + "&valueSerializer="
                    + "org.apache.kafka.common.serialization.ByteArraySerializer");
      }
    };
  }

  private static void key(Exchange exchange) {
    String[] levels =
        exchange.getIn().getHeader(PahoMqtt5Constants.MQTT_TOPIC, String.class).split("/", -1);
    exchange.getIn().setHeader(KafkaConstants.KEY, levels[1] + "/" + levels[3]);
  }
}
