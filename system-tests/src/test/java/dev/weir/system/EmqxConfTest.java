package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** EMQX refuses to start with a key that it does not know; nothing here needs EMQX. */
class EmqxConfTest {

  @Test
  void writesOnlyKeysAndWordsThatEmqxKnows() throws IOException {
    assertThat(problems(ComposeFile.text(BrokerConf.FILE))).isEmpty();
  }

  @Test
  void tellsAKeyOrAWordThatEmqxDoesNotKnow() throws IOException {
    assertThat(changed("max_mqueue_len ", "max_mqueue_length "))
        .containsExactlyInAnyOrder(
            "mqtt.max_mqueue_length: no key of mqtt",
            "zones.internal.mqtt.max_mqueue_length: no key of mqtt");
    assertThat(changed("= sticky", "= stick"))
        .singleElement()
        .asString()
        .startsWith("mqtt.shared_subscription_strategy: stick is none of [");
    assertThat(changed("bootstrap_type = plain", "bootstrap_typ = plain"))
        .containsExactly("authentication[0].bootstrap_typ: no key of authn.builtin_db");
    assertThat(changed("no_match    = deny", "no_match = refuse"))
        .containsExactly("authorization.no_match: refuse is none of [=allow, =deny]");
    assertThat(changed("zone = internal", "zones = internal"))
        .containsExactly("listeners.tcp.internal.zones: no key of mqtt_tcp_listener");
  }

  /** The environment of docker-compose.yml sets keys as well. */
  @Test
  void setsOnlyKeysByTheEnvironmentThatEmqxKnows() throws IOException {
    for (String file : List.of("docker-compose.yml", "docker-compose.cluster.yml")) {
      ComposeFile.services(file)
          .forEach(
              (service, declared) ->
                  environment(declared)
                      .filter(name -> name.startsWith("EMQX_"))
                      .forEach(
                          name ->
                              assertThat(unknown(name)).as("%s of %s", name, service).isEmpty()));
    }
  }

  private static List<String> changed(String here, String to) throws IOException {
    String file = ComposeFile.text(BrokerConf.FILE);
    assertThat(file).contains(here);
    return problems(file.replace(here, to));
  }

  private static List<String> problems(String file) throws IOException {
    return new EmqxKeys().problems(ConfigFactory.parseString(file).root().unwrapped());
  }

  private static Stream<String> environment(Map<String, Object> service) {
    return service.get("environment") == null
        ? Stream.of()
        : ComposeFile.map(service.get("environment")).keySet().stream();
  }

  /** {@code EMQX_NODE__COOKIE} is {@code node.cookie}; a number is a place in a list. */
  private static List<String> unknown(String variable) {
    String path = variable.substring("EMQX_".length()).toLowerCase(Locale.ROOT);
    try {
      return new EmqxKeys().unknown(List.of(path.split("__", -1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
