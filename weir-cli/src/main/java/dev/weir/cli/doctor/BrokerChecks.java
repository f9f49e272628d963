package dev.weir.cli.doctor;

import java.time.Duration;
import java.util.List;

/** Judges what an MQTT broker granted. */
final class BrokerChecks {

  private static final String EMBEDDED = "or use a broker that has it, such as EMQX or ./weir up's";

  private final Expectations expected;

  BrokerChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<BrokerFacts>> all() {
    return List.of(
        new Check<>(
            "broker.subscriptions",
            "shared subscriptions and wildcards are available",
            this::subscriptions),
        new Check<>("broker.qos", "QoS 1 is taken", this::qos),
        new Check<>(
            "broker.session-expiry",
            "sessions are kept as long as the bridge asks",
            this::sessionExpiry),
        new Check<>(
            "broker.receive-maximum",
            "the receive window is as wide as the bridge's",
            this::receiveMaximum),
        new Check<>(
            "broker.packet-size",
            "no packet is taken that the bridge would not take",
            this::packetSize),
        new Check<>(
            "broker.durability",
            "what the broker holds is known to survive its restart",
            this::durability));
  }

  private List<Finding> subscriptions(BrokerFacts facts) {
    if (facts.sharedSubscriptions() && facts.wildcards()) {
      return List.of();
    }
    return List.of(
        Finding.loss(
            facts.sharedSubscriptions()
                ? "CONNACK: wildcard subscriptions are not available"
                : "CONNACK: shared subscriptions are not available",
            "The bridge's subscription is refused, and a broker without a subscriber acknowledges"
                + " and drops.",
            "EMQX: mqtt.shared_subscription = true in the bridge's zone; " + EMBEDDED));
  }

  private List<Finding> qos(BrokerFacts facts) {
    return facts.maximumQos() >= 1
        ? List.of()
        : List.of(
            Finding.loss(
                "CONNACK: maximum QoS = " + facts.maximumQos(),
                "Without QoS 1 no message is acknowledged at all, and any may be lost.",
                "allow QoS 1 (EMQX: mqtt.max_qos_allowed = 2; Mosquitto: max_qos 2)"));
  }

  private List<Finding> sessionExpiry(BrokerFacts facts) {
    Duration granted = Duration.ofSeconds(facts.sessionExpirySeconds());
    if (granted.compareTo(expected.sessionExpiry()) >= 0) {
      return List.of();
    }
    String found =
        "CONNACK: session expiry = %s, asked for was %s"
            .formatted(PlainWords.of(granted), PlainWords.of(expected.sessionExpiry()));
    String fix =
        "raise the broker's limit (Mosquitto: persistent_client_expiration 7d) to "
            + PlainWords.of(expected.sessionExpiry());
    return List.of(
        granted.compareTo(expected.outage()) < 0
            ? Finding.loss(
                found,
                "A session with everything queued in it is thrown away before an outage of "
                    + PlainWords.of(expected.outage())
                    + " is over.",
                fix)
            : Finding.note(found, "Sessions end earlier than mqtt.session.expiry says.", fix));
  }

  private List<Finding> receiveMaximum(BrokerFacts facts) {
    return facts.receiveMaximum() >= expected.receiveMaximum()
        ? List.of()
        : List.of(
            Finding.note(
                "CONNACK: receive maximum = %d, the bridge's is %d"
                    .formatted(facts.receiveMaximum(), expected.receiveMaximum()),
                "Brokers use one limit for both directions: so few messages are on their way to"
                    + " the bridge at a time, and the rest queues up in the broker.",
                "EMQX: mqtt.max_inflight = %d in the bridge's zone; Mosquitto: max_inflight_messages %d"
                    .formatted(expected.receiveMaximum(), expected.receiveMaximum())));
  }

  private List<Finding> packetSize(BrokerFacts facts) {
    return facts.packetBytes() <= expected.packetBytes()
        ? List.of()
        : List.of(
            Finding.loss(
                "CONNACK: maximum packet size = %d, the bridge's is %d"
                    .formatted(facts.packetBytes(), expected.packetBytes()),
                "A larger message is acknowledged to the device and then dropped on its way to the"
                    + " bridge.",
                "EMQX: mqtt.max_packet_size = 1MB; Mosquitto: max_packet_size 1048576"));
  }

  private List<Finding> durability(BrokerFacts facts) {
    if (facts.isMosquitto()) {
      return List.of(
          Finding.loss(
              "$SYS/broker/version = " + facts.version(),
              "When Mosquitto restarts it forgets the shared subscriptions of whoever is not"
                  + " connected: what devices publish until the bridge is back is acknowledged and"
                  + " dropped.",
              "restart it only as the README says (devices off first), or use EMQX or ./weir up's"
                  + " broker"),
          Finding.note(
              "Mosquitto: max_queued_messages, persistence: not to be seen from outside",
              "By default it drops what exceeds 1000 messages per session, and keeps sessions in"
                  + " memory only.",
              "mosquitto.conf: max_queued_messages 0, persistence true, autosave_interval 1,"
                  + " autosave_on_changes true"));
    }
    return List.of(
        Finding.note(
            "the broker does not say what it is ($SYS/broker/version)"
                + (facts.version().isEmpty() ? "" : ": " + facts.version()),
            "./weir up's broker keeps what it acknowledged on disk; EMQX keeps sessions in memory,"
                + " and what they hold dies with its node.",
            "EMQX: examine it with --emqx-api and --emqx-key, and restart it only as the README"
                + " says"));
  }
}
