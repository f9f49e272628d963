package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KnownDevicesTest {

  private final KnownDevices devices = new KnownDevices();

  @Test
  void tellsADeviceAndItsKey() {
    KnownDevices.Known known = known("users/u1/devices/d1/telemetry");

    assertThat(known.device()).isEqualTo(new Device("u1", "d1"));
    assertThat(known.key()).asString().isEqualTo("u1/d1");
    assertThat(devices.ofTelemetryTopic("users/u1/devices/d1/telemetry")).isSameAs(known);
  }

  @Test
  void knowsNobodyByAnotherTopic() {
    assertThat(devices.ofTelemetryTopic("users/u1/config")).isNull();
    assertThat(devices.ofTelemetryTopic("users//devices/d1/telemetry")).isNull();
  }

  @Test
  void mistakesNoneForAnotherThatHasItsPlace() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3 * KnownDevices.PLACES; i++) {
        Device device = new Device("u" + i % 7, "d" + i);
        KnownDevices.Known known = known(MqttTopics.telemetry(device));

        assertThat(known.device()).isEqualTo(device);
        assertThat(known.key()).asString().isEqualTo(device.key());
      }
    }
  }

  private KnownDevices.Known known(String topic) {
    return Objects.requireNonNull(devices.ofTelemetryTopic(topic), topic);
  }
}
