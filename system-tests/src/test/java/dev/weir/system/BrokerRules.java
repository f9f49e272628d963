package dev.weir.system;

import static dev.weir.system.BrokerRules.Credential.EXPIRED_TOKEN;
import static dev.weir.system.BrokerRules.Credential.NOTHING;
import static dev.weir.system.BrokerRules.Credential.NO_PASSWORD;
import static dev.weir.system.BrokerRules.Credential.PASSWORD;
import static dev.weir.system.BrokerRules.Credential.TOKEN;
import static dev.weir.system.BrokerRules.Credential.TOKEN_OF_ANOTHER;
import static dev.weir.system.BrokerRules.Credential.TOKEN_OF_A_FORGER;
import static dev.weir.system.BrokerRules.Credential.WRONG_PASSWORD;
import static dev.weir.system.BrokerRules.Listener.INTERNAL;
import static dev.weir.system.BrokerRules.Listener.PUBLIC;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the broker of the full stack lets whom do, and refuses: one table, of which {@link
 * BrokerRulesTest} asks {@code acl.conf} and {@code emqx.conf}, and a test with containers asks
 * EMQX itself. Every account in it is one of those that {@code infra/emqx/start} makes.
 */
final class BrokerRules {

  /** A listener of {@code emqx.conf}; the internal one is published outside the stack nowhere. */
  enum Listener {
    PUBLIC("default", 1883),
    INTERNAL("internal", 1884);

    /** The name below {@code listeners.tcp}. */
    final String conf;

    final int port;

    Listener(String conf, int port) {
      this.conf = conf;
      this.port = port;
    }
  }

  /** What a client asks for once it is connected. */
  enum Action {
    PUBLISH,
    SUBSCRIBE
  }

  /** What a client shows when it connects. */
  enum Credential {
    /** No user name and no password. */
    NOTHING,
    /** The user name, and no password. */
    NO_PASSWORD,
    WRONG_PASSWORD,
    PASSWORD,
    /** A token for this user name, signed with the stack's secret, not yet expired. */
    TOKEN,
    /** The same for the user name {@code u2}. */
    TOKEN_OF_ANOTHER,
    /** The same for this user name, signed with another secret. */
    TOKEN_OF_A_FORGER,
    EXPIRED_TOKEN
  }

  /**
   * One request of a connected client.
   *
   * @param who the user name, which is the identity
   * @param topic a topic to publish to, or a topic filter, with {@code $share/<group>/} if any
   * @param qos asked for
   * @param retain of a publish; false for a subscription
   * @param granted whether the broker has to do it
   */
  record Request(
      String who,
      Listener listener,
      Action action,
      String topic,
      int qos,
      boolean retain,
      boolean granted) {

    @Override
    public String toString() {
      return "%s of %s, %s, on the %s listener: %s at QoS %d%s"
          .formatted(
              granted ? "granted" : "refused",
              who,
              action,
              listener,
              topic,
              qos,
              retain ? ", retained" : "");
    }
  }

  /**
   * One attempt to connect.
   *
   * @param who the user name; it is not sent with {@link Credential#NOTHING}
   * @param granted whether the broker has to let it in
   */
  record Login(String who, Credential credential, boolean granted) {}

  private static final String INGEST = "$share/ingest/users/+/devices/+/telemetry";

  private BrokerRules() {}

  /** Both listeners judge alike who comes in. */
  static List<Login> logins() {
    return List.of(
        new Login("u1:d1", PASSWORD, true),
        new Login("u1", PASSWORD, true),
        new Login("bridge", PASSWORD, true),
        new Login("u7:d7", TOKEN, true),
        new Login("u1:d1", NOTHING, false),
        new Login("u1:d1", NO_PASSWORD, false),
        new Login("bridge", NO_PASSWORD, false),
        new Login("u1:d1", WRONG_PASSWORD, false),
        new Login("bridge", WRONG_PASSWORD, false),
        new Login("u7:d7", PASSWORD, false), // nobody of that name has one
        new Login("u7:d7", TOKEN_OF_ANOTHER, false),
        new Login("u7:d7", TOKEN_OF_A_FORGER, false),
        new Login("u7:d7", EXPIRED_TOKEN, false));
  }

  static List<Request> requests() {
    return Stream.of(ofDevices(), ofApplications(), ofBridge(), ofAlerts(), ofLoad())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Request> ofDevices() {
    return List.of(
        // a device publishes its own telemetry
        publish("u1:d1", "users/u1/devices/d1/telemetry", true),
        publish("u1:d1", "users/u1/devices/d2/telemetry", false),
        publish("u1:d1", "users/u2/devices/d1/telemetry", false),
        publish("u1:d1", "users/u1/devices/d1", false),
        publish("u1:d1", "users/u1/devices/d1/telemetry/more", false),
        publish("u1:d1", "users/u1/alerts", false),
        publish("u1:d1", "users/u1/config", false),
        publish("u1:d1", "users/u1/alerts/manage", false),
        publish("u1:d1", "$SYS/brokers", false),
        retain("u1:d1", PUBLIC, "users/u1/devices/d1/telemetry", false),
        retain("u1:d1", INTERNAL, "users/u1/devices/d1/telemetry", false),
        // and reads nothing
        subscribe("u1:d1", "users/u1/devices/d1/telemetry", false),
        subscribe("u1:d1", "users/u1/alerts", false),
        subscribe("u1:d1", "#", false),
        subscribe("u1:d1", INGEST, false));
  }

  private static List<Request> ofApplications() {
    return List.of(
        // a user's applications read that user's alerts
        subscribe("u1", "users/u1/alerts", true),
        subscribe("u1", "users/u1/devices/+/alerts/+", true),
        subscribe("u1", "users/u1/devices/d1/alerts/temperature", true),
        subscribe("u1", "users/u1/config/errors", true),
        subscribe("u1", "users/u2/alerts", false),
        subscribe("u1", "users/+/alerts", false),
        subscribe("u1", "users/#", false),
        subscribe("u1", "users/u2/devices/+/alerts/+", false),
        subscribe("u1", "users/+/devices/+/alerts/+", false),
        subscribe("u1", "users/u2/config/errors", false),
        subscribe("u1", "users/u1/devices/d1/telemetry", false),
        subscribe("u1", "#", false),
        subscribe("u1", "$SYS/#", false),
        subscribe("u1", INGEST, false),
        // no groups for users, not even on what is theirs
        subscribe("u1", "$share/g/users/u1/alerts", false),
        // and write that user's rules and commands
        publish("u1", "users/u1/config", true),
        publish("u1", "users/u1/alerts/manage", true),
        publish("u1", "users/u2/config", false),
        publish("u1", "users/u2/alerts/manage", false),
        publish("u1", "users/u1/alerts", false),
        publish("u1", "users/u1/config/errors", false),
        publish("u1", "users/u1/devices/d1/telemetry", false),
        publish("u1", "users/u1/devices/d1/alerts/temperature", false),
        retain("u1", PUBLIC, "users/u1/config", false));
  }

  private static List<Request> ofBridge() {
    return List.of(
        // the bridge takes in what devices and users send, in its group
        new Request("bridge", INTERNAL, Action.SUBSCRIBE, INGEST, 1, false, true),
        internal("bridge", Action.SUBSCRIBE, "$share/ingest/users/+/config", true),
        internal("bridge", Action.SUBSCRIBE, "$share/ingest/users/+/alerts/manage", true),
        new Request("bridge", INTERNAL, Action.SUBSCRIBE, INGEST, 0, false, false),
        new Request("bridge", PUBLIC, Action.SUBSCRIBE, INGEST, 1, false, false),
        internal("bridge", Action.SUBSCRIBE, "$share/ingest/users/+/alerts", false),
        internal("bridge", Action.SUBSCRIBE, "$share/ingest/users/#", false),
        internal("bridge", Action.SUBSCRIBE, "users/#", false),
        // and publishes nothing but what it refuses
        internal("bridge", Action.PUBLISH, "users/u1/config/errors", true),
        internal("bridge", Action.PUBLISH, "users/u1/devices/d1/telemetry", false),
        internal("bridge", Action.PUBLISH, "users/u1/alerts", false),
        internal("bridge", Action.PUBLISH, "users/u1/config", false),
        retain("bridge", INTERNAL, "users/u1/config/errors", false));
  }

  private static List<Request> ofAlerts() {
    return List.of(
        // the alerts service announces alerts, and keeps the active ones
        internal("alerts", Action.PUBLISH, "users/u1/alerts", true),
        internal("alerts", Action.PUBLISH, "users/u1/devices/d1/alerts/temperature", true),
        retain("alerts", INTERNAL, "users/u1/devices/d1/alerts/temperature", true),
        internal("alerts", Action.PUBLISH, "users/u1/devices/d1/telemetry", false),
        internal("alerts", Action.PUBLISH, "users/u1/config", false),
        // and takes nothing out of the bridge's group
        new Request("alerts", INTERNAL, Action.SUBSCRIBE, INGEST, 1, false, false),
        internal("alerts", Action.SUBSCRIBE, "users/+/devices/+/telemetry", false));
  }

  private static List<Request> ofLoad() {
    return List.of(
        // the load test's account is a whole fleet
        publish("load", "users/u1/devices/d1/telemetry", true),
        subscribe("load", "users/+/alerts", true),
        publish("load", "users/u1/alerts", false),
        publish("load", "users/u1/config", false),
        retain("load", PUBLIC, "users/u1/devices/d1/telemetry", false),
        subscribe("load", INGEST, false),
        subscribe("load", "users/+/devices/+/telemetry", false));
  }

  private static Request publish(String who, String topic, boolean granted) {
    return new Request(who, PUBLIC, Action.PUBLISH, topic, 1, false, granted);
  }

  private static Request retain(String who, Listener listener, String topic, boolean granted) {
    return new Request(who, listener, Action.PUBLISH, topic, 1, true, granted);
  }

  private static Request subscribe(String who, String filter, boolean granted) {
    return new Request(who, PUBLIC, Action.SUBSCRIBE, filter, 1, false, granted);
  }

  private static Request internal(String who, Action action, String topic, boolean granted) {
    return new Request(who, INTERNAL, action, topic, 1, false, granted);
  }
}
