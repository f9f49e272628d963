package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import dev.weir.system.BrokerRules.Action;
import dev.weir.system.BrokerRules.Credential;
import dev.weir.system.BrokerRules.Login;
import dev.weir.system.BrokerRules.Request;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker what {@link BrokerRules} says it grants or refuses.
 *
 * @param ports the published port of each listener
 * @param passwords of the accounts that {@code infra/emqx/start} makes, by user name
 * @param tokenSecret what tokens are signed with
 */
record BrokerClient(
    Map<BrokerRules.Listener, Integer> ports, Map<String, String> passwords, String tokenSecret) {

  private static final long HOUR = 3600;

  /** Whether the broker lets somebody in; an answer that is no refusal fails the test. */
  boolean letsIn(Login login, BrokerRules.Listener listener) throws GeneralSecurityException {
    Mqtt5BlockingClient client = client(listener, "login", auth(login));
    try {
      client.connect();
    } catch (Mqtt5ConnAckException refusal) {
      return switch (refusal.getMqttMessage().getReasonCode()) {
        case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED -> false;
        default -> throw refusal;
      };
    }
    client.disconnect();
    return true;
  }

  /** Whether the broker does what a client that it let in asks for. */
  boolean grants(Request request) throws GeneralSecurityException {
    Mqtt5BlockingClient client = connect(request.who(), request.listener(), "request");
    MqttQos qos = request.qos() == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE;
    try {
      if (request.action() == Action.SUBSCRIBE) {
        client.subscribeWith().topicFilter(request.topic()).qos(qos).send();
      } else {
        client
            .publishWith()
            .topic(request.topic())
            .qos(qos)
            .retain(request.retain())
            .payload("{}".getBytes(UTF_8))
            .send();
      }
      client.disconnect();
      return true;
    } catch (Mqtt5MessageException refusal) { // of SUBACK and PUBACK; for retained ones DISCONNECT
      if (client.getState().isConnected()) {
        client.disconnect();
      }
      return false;
    }
  }

  /** Connects with the account's password. */
  Mqtt5BlockingClient connect(String who, BrokerRules.Listener listener, String clientId)
      throws GeneralSecurityException {
    Mqtt5BlockingClient client =
        client(listener, clientId, auth(new Login(who, Credential.PASSWORD, true)));
    client.connect();
    return client;
  }

  private Mqtt5BlockingClient client(
      BrokerRules.Listener listener, String clientId, @Nullable Mqtt5SimpleAuth auth) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .serverHost("127.0.0.1")
            .serverPort(ports.getOrDefault(listener, 0));
    return (auth == null ? builder : builder.simpleAuth(auth)).buildBlocking();
  }

  private @Nullable Mqtt5SimpleAuth auth(Login login) throws GeneralSecurityException {
    var user = Mqtt5SimpleAuth.builder().username(login.who());
    long now = Instant.now().getEpochSecond();
    String password =
        switch (login.credential()) {
          case NOTHING, NO_PASSWORD -> "";
          case WRONG_PASSWORD -> "not-" + passwords.get(login.who());
          case PASSWORD -> passwords.getOrDefault(login.who(), "never-given");
          case TOKEN -> token(login.who(), now + HOUR, tokenSecret);
          case TOKEN_OF_ANOTHER -> token("u2", now + HOUR, tokenSecret);
          case TOKEN_OF_A_FORGER -> token(login.who(), now + HOUR, "another-" + tokenSecret);
          case EXPIRED_TOKEN -> token(login.who(), now - HOUR, tokenSecret);
        };
    return switch (login.credential()) {
      case NOTHING -> null;
      case NO_PASSWORD -> user.build();
      default -> user.password(password.getBytes(UTF_8)).build();
    };
  }

  /** A JSON Web Token with HS256 (RFC 7519). */
  private static String token(String subject, long expiry, String secret)
      throws GeneralSecurityException {
    String content =
        base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
            + "."
            + base64("{\"sub\":\"%s\",\"exp\":%d}".formatted(subject, expiry).getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), mac.getAlgorithm()));
    return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
