package dev.weir.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BalanceTest {

  private static final String BRIDGE =
      """
      # TYPE weir_bridge_messages_received_total counter
      weir_bridge_messages_received_total 10.0
      weir_bridge_messages_acknowledged_total 7.0
      weir_bridge_messages_abandoned_total 3.0
      weir_bridge_messages_in_flight 0.0
      weir_bridge_readings_received_total 12.0
      weir_bridge_readings_produced_total 8.0
      weir_bridge_readings_rejected_total{reason="not_json"} 1.0
      weir_bridge_readings_rejected_total{reason="wrong_type"} 1.0
      weir_bridge_readings_abandoned_total 2.0
      weir_bridge_readings_in_flight 0.0
      """;

  @Test
  void findsNothing_whenTheCountersAddUp() {
    assertThat(Balance.ofBridge("bridge-1", ServiceMetrics.parse(BRIDGE))).isEmpty();
  }

  @Test
  void findsAMessageThatWasNeitherAcknowledgedNorAbandoned() {
    String broken = BRIDGE.replace("received_total 10.0", "received_total 11.0");
    assertThat(Balance.ofBridge("bridge-1", ServiceMetrics.parse(broken)))
        .singleElement()
        .asString()
        .contains("bridge-1 messages", "11", "10");
  }

  @Test
  void findsWhatIsStillUnderWay() {
    String broken =
        BRIDGE
            .replace("abandoned_total 3.0", "abandoned_total 2.0")
            .replace("messages_in_flight 0.0", "messages_in_flight 1.0");
    assertThat(Balance.ofBridge("bridge-1", ServiceMetrics.parse(broken)))
        .singleElement()
        .asString()
        .contains("in flight");
  }

  @Test
  void findsAnAlertThatWasTakenAndForgotten() {
    String broken =
        "weir_alerts_taken_total 3.0\nweir_alerts_publications_total{outcome=\"published\"} 2.0";
    assertThat(Balance.ofAlerts(ServiceMetrics.parse(broken)))
        .singleElement()
        .asString()
        .contains("taken");
  }
}
