package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

  @ParameterizedTest
  @CsvSource({
    "users/u1/devices/d1/telemetry, u1, d1",
    "users/é/devices/温度/telemetry, é, 温度",
    "users/😀/devices/ /telemetry, 😀, ' '",
    "users/devices/devices/telemetry/telemetry, devices, telemetry",
    "users/users/devices/devices/telemetry, users, devices",
    "users/a.b-c_d/devices/+49#1/telemetry, a.b-c_d, +49#1",
  })
  void isNamedByATelemetryTopic(String topic, String user, String id) {
    assertThat(Device.ofTelemetryTopic(topic)).isEqualTo(Device.ofKey(user + "/" + id));
    assertThat(Device.ofTelemetryTopic(topic))
        .hasValueSatisfying(
            device -> {
              assertThat(device.user()).isEqualTo(user == null ? " " : user);
              assertThat(device.id()).isEqualTo(id == null ? " " : id);
              assertThat(MqttTopics.telemetry(device)).isEqualTo(topic);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "users",
        "users/",
        "users/telemetry",
        "users//telemetry",
        "users/u1/telemetry",
        "users/u1/devices/telemetry",
        "users/u1/devices//telemetry",
        "users//devices/d1/telemetry",
        "users//devices//telemetry",
        "users/u1/devices/d1",
        "users/u1/devices/d1/",
        "users/u1/devices/d1/telemetry/",
        "users/u1/devices/d1/telemetry/x",
        "users/u1/devices/d1/x/telemetry",
        "users/u1/x/devices/d1/telemetry",
        "/users/u1/devices/d1/telemetry",
        "x/users/u1/devices/d1/telemetry",
        "Users/u1/devices/d1/telemetry",
        "users/u1/Devices/d1/telemetry",
        "users/u1/devices/d1/Telemetry",
        "users/u1/devices/d1telemetry",
        "users/u1devices/d1/telemetry",
        "users/u1/devices/d\0/telemetry",
        "users/\0/devices/d1/telemetry",
        "users/u1/alerts",
      })
  void isNotNamedByAnythingElse(String topic) {
    assertThat(Device.ofTelemetryTopic(topic)).isEmpty();
  }

  @Test
  void hasNamesOfAtMost256BytesInUtf8() {
    String longest = "x".repeat(256);
    String longestOfTwo = "é".repeat(128);
    String longestOfThree = "温".repeat(85);
    String longestOfFour = "😀".repeat(64);
    for (String name : new String[] {longest, longestOfTwo, longestOfThree, longestOfFour}) {
      assertThat(Device.ofTelemetryTopic("users/" + name + "/devices/d/telemetry")).isPresent();
      assertThat(Device.ofTelemetryTopic("users/u/devices/" + name + "/telemetry")).isPresent();
    }
    String huge = "x".repeat(65_000);
    for (String name :
        new String[] {longest + "x", longestOfTwo + "x", longestOfThree + "xx", huge}) {
      assertThat(Device.ofTelemetryTopic("users/" + name + "/devices/d/telemetry")).isEmpty();
      assertThat(Device.ofTelemetryTopic("users/u/devices/" + name + "/telemetry")).isEmpty();
      assertThat(Device.ofKey("u/" + name)).isEmpty();
    }
  }

  @Test
  void isNamedByItsKey() {
    Device device = new Device("u1", "d1");

    assertThat(device.key()).isEqualTo("u1/d1");
    assertThat(Device.ofKey(device.key())).contains(device);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "u1", "u1/", "/d1", "u1/d1/x", "u1//d1", "u1/\0"})
  void isNotNamedByAnyOtherKey(String key) {
    assertThat(Device.ofKey(key)).isEmpty();
  }

  @Test
  void isNeverMadeOfUnusableNames() {
    assertThatThrownBy(() -> new Device("", "d")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Device("u", "a/b")).isInstanceOf(IllegalArgumentException.class);
  }
}
