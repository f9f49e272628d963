package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MqttTopicsTest {

  @Test
  void tellsWhoSendsRulesAndCommands() {
    assertThat(MqttTopics.userOfConfig("users/u1/config")).contains("u1");
    assertThat(MqttTopics.userOfManage("users/u1/alerts/manage")).contains("u1");
  }

  @Test
  void otherTopicsAreNobodys() {
    for (String topic :
        List.of(
            "users/config",
            "users//config",
            "users/u1/config/errors",
            "users/u1/devices/config",
            "user/u1/config",
            "users/" + "u".repeat(300) + "/config",
            "users/u1/alerts",
            "/config")) {
      assertThat(MqttTopics.userOfConfig(topic)).as(topic).isEmpty();
      assertThat(MqttTopics.userOfManage(topic)).as(topic).isEmpty();
    }
  }
}
