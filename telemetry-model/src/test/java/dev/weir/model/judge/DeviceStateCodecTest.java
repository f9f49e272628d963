package dev.weir.model.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.AlertCommand;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.Device;
import dev.weir.model.Severity;
import dev.weir.model.judge.RuleState.Anchor;
import dev.weir.model.judge.RuleState.Streak;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceStateCodecTest {

  private static final Position ONE = new Position(1, 2);
  private static final Position LAST = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

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
    state.hear(1_767_225_600_123L);
    state.mutes().mute("a", 5, 0);
    state.mutes().mute(AlertCommand.ALL_RULES, Mutes.FOREVER, 1);
    state.mutes().unmute("b", 2);
    Instant acknowledged = Instant.ofEpochMilli(77);
    Episode open = new Episode(Severity.CRITICAL, "temperature", ONE, null, null, 95.5, 93, 17);
    Episode over =
        new Episode(Severity.INFO, "/漢/字", ONE, LAST, acknowledged, Double.NaN, Double.NaN, 0);
    state.remember("open", new RuleState(-1, open, null, null));
    state.remember("over", new RuleState(Long.MAX_VALUE, over, null, null));
    state.remember(
        "all", new RuleState(3, over, new Streak(LAST, -1.5, 4), new Anchor(ONE, 1e300)));
    state.remember("few", RuleState.fresh(0).with(new Streak(ONE, Double.NaN, 1)));
    state.remember("none", RuleState.fresh(9));
    assertSame(state);
  }

  @Test
  void aDeviceWithoutEpisodesIsSmall() {
    assertThat(DeviceStateCodec.write(new DeviceState())).hasSize(173);
  }

  @Test
  void aRecordOfTheFirstVersionIsRead() {
    ByteBuffer old = ByteBuffer.allocate(300).put((byte) 1);
    old.putLong(7_000_000).putLong(42).putLong(7_000_001).putLong(42);
    for (int i = 0; i < ReplayWindow.WORDS; i++) {
      old.putLong(i);
    }
    old.putShort((short) 2);
    old.putShort((short) 3).put("hot".getBytes(UTF_8)).put((byte) 0).putLong(5).putLong(6);
    old.putShort((short) 3).put("low".getBytes(UTF_8)).put((byte) 1);
    old.putLong(1).putLong(2).putLong(3).putLong(4);

    DeviceState state = DeviceStateCodec.read(Arrays.copyOf(old.array(), old.position()));

    assertThat(state.newest()).isEqualTo(new Position(7_000_000, 42));
    assertThat(state.newestSent()).isEqualTo(7_000_001);
    assertThat(state.window().top()).isEqualTo(42);
    assertThat(state.heardMillis()).isEqualTo(DeviceState.NEVER);
    assertThat(state.rules()).containsOnlyKeys("hot", "low");
    assertThat(state.hasOpenEpisode()).isTrue();
    assertSame(state);
    ActiveRules rules =
        ActiveRules.of(
            List.of(new AlertRule("hot", Kind.HIGH, "temperature", 50, 45, Severity.CRITICAL)));
    assertThat(RuleChange.apply(state, rules, new Device("u", "d"))).isEmpty();
    assertThat(state.rules()).containsOnlyKeys("hot");
    assertThat(state.rule("hot"))
        .extracting(RuleState::episode)
        .extracting(Episode::severity)
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anUnknownVersionIsRefused() {
    byte[] bytes = DeviceStateCodec.write(new DeviceState());
    bytes[0] = 9;
    assertThatThrownBy(() -> DeviceStateCodec.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown version 9");
  }

  @Test
  void aRecordCutShortIsRefused() {
    byte[] bytes = DeviceStateCodec.write(new DeviceState());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> DeviceStateCodec.read(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertSame(DeviceState state) {
    DeviceState copy = DeviceStateCodec.read(DeviceStateCodec.write(state));
    assertThat(copy.newest()).isEqualTo(state.newest());
    assertThat(copy.newestSent()).isEqualTo(state.newestSent());
    assertThat(copy.heardMillis()).isEqualTo(state.heardMillis());
    assertThat(copy.window().top()).isEqualTo(state.window().top());
    assertThat(copy.window().words()).isEqualTo(state.window().words());
    assertThat(Map.copyOf(copy.rules())).isEqualTo(Map.copyOf(state.rules()));
    assertThat(Map.copyOf(copy.mutes().entries())).isEqualTo(Map.copyOf(state.mutes().entries()));
  }
}
