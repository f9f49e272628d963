package dev.weir.alerts.detect;

import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.DeviceStateCodec;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Lets Kafka Streams keep {@link DeviceState}s in the store and its changelog. */
final class DeviceStateSerde {

  private DeviceStateSerde() {}

  static Serde<DeviceState> serde() {
    return Serdes.serdeFrom(
        (topic, state) -> state == null ? null : DeviceStateCodec.write(state),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  private static DeviceState read(byte[] bytes) {
    try {
      return DeviceStateCodec.read(bytes);
    } catch (IllegalArgumentException e) {
      throw new SerializationException("the state of a device cannot be read", e);
    }
  }
}
