package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class DeviceStateSerdeTest {

  @Test
  void aDeviceThatWasNeverHeardOfComesBack() {
    assertSame(new DeviceState());
  }

  @Test
  void everythingComesBack() {
    DeviceState state = new DeviceState();
    for (long sequence = 5_000; sequence < 9_000; sequence += 7) {
      state.arrive(new Position(sequence * 1_000_000, sequence), sequence * 1_000_000);
    }
    state.remember("high_temperature", Episode.beginning(new Position(-5, 0)));
    state.remember(
        "Trockenheit_äöü_漢字",
        new Episode(new Position(1, 2), new Position(Long.MAX_VALUE, Long.MAX_VALUE)));
    state.remember("", new Episode(Position.START, new Position(0, 0)));
    assertSame(state);
  }

  @Test
  void aDeviceWithoutEpisodesIsSmall() {
    assertThat(DeviceStateSerde.write(new DeviceState())).hasSize(163);
  }

  @Test
  void anEpisodeIsSmall() {
    DeviceState state = new DeviceState();
    state.remember("high_temperature", new Episode(new Position(1, 2), new Position(3, 4)));
    assertThat(DeviceStateSerde.write(state)).hasSizeLessThan(220);
  }

  @Test
  void anUnknownVersionIsRefused() {
    byte[] bytes = DeviceStateSerde.write(new DeviceState());
    bytes[0] = 9;
    assertThatThrownBy(() -> DeviceStateSerde.read(bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("unknown version 9");
  }

  @Test
  void aRecordCutShortIsRefused() {
    byte[] bytes = DeviceStateSerde.write(new DeviceState());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> DeviceStateSerde.read(cut))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void nothingStaysNothing() {
    try (var serde = DeviceStateSerde.serde()) {
      assertThat(serde.serializer().serialize("t", null)).isNull();
      assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }
  }

  private static void assertSame(DeviceState state) {
    DeviceState copy = DeviceStateSerde.read(DeviceStateSerde.write(state));
    assertThat(copy.newest()).isEqualTo(state.newest());
    assertThat(copy.newestSent()).isEqualTo(state.newestSent());
    assertThat(copy.window().top()).isEqualTo(state.window().top());
    assertThat(copy.window().words()).isEqualTo(state.window().words());
    assertThat(Map.copyOf(copy.episodes())).isEqualTo(Map.copyOf(state.episodes()));
  }
}
