package dev.weir.alerts.detect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of {@link DeviceState} in the store and its changelog: a version byte, the newest
 * position, the newest time sent, the replay window, then the episodes, integers big-endian. 163
 * bytes for a device without episodes.
 */
final class DeviceStateSerde {

  private static final byte VERSION = 1;
  private static final byte OPEN = 0;
  private static final byte CLEARED = 1;
  private static final int POSITION_BYTES = 2 * Long.BYTES;
  private static final int FIXED_BYTES =
      Byte.BYTES + POSITION_BYTES + (2 + ReplayWindow.WORDS) * Long.BYTES + Short.BYTES;

  private DeviceStateSerde() {}

  static Serde<DeviceState> serde() {
    return Serdes.serdeFrom(
        (topic, state) -> state == null ? null : write(state),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  static byte[] write(DeviceState state) {
    ByteBuffer out = ByteBuffer.allocate(longest(state)).put(VERSION);
    putPosition(out, state.newest());
    out.putLong(state.newestSent()).putLong(state.window().top());
    for (long word : state.window().words()) {
      out.putLong(word);
    }
    out.putShort((short) state.episodes().size());
    state.episodes().forEach((ruleId, episode) -> putEpisode(out, ruleId, episode));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static int longest(DeviceState state) {
    int size = FIXED_BYTES;
    for (String ruleId : state.episodes().keySet()) {
      size += Short.BYTES + 3 * ruleId.length() + Byte.BYTES + 2 * POSITION_BYTES;
    }
    return size;
  }

  static DeviceState read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new SerializationException("device state of unknown version " + version);
      }
      Position newest = position(in);
      long newestSent = in.getLong();
      long top = in.getLong();
      long[] words = new long[ReplayWindow.WORDS];
      for (int i = 0; i < words.length; i++) {
        words[i] = in.getLong();
      }
      return new DeviceState(newest, newestSent, new ReplayWindow(top, words), episodes(in));
    } catch (BufferUnderflowException e) {
      throw new SerializationException("device state cut short at " + bytes.length + " bytes", e);
    }
  }

  private static Map<String, Episode> episodes(ByteBuffer in) {
    Map<String, Episode> episodes = new HashMap<>();
    for (int left = in.getShort(); left > 0; left--) {
      byte[] name = new byte[in.getShort()];
      in.get(name);
      boolean cleared = in.get() == CLEARED;
      Position raised = position(in);
      @Nullable Position end = cleared ? position(in) : null;
      episodes.put(new String(name, StandardCharsets.UTF_8), new Episode(raised, end));
    }
    return episodes;
  }

  private static void putEpisode(ByteBuffer out, String ruleId, Episode episode) {
    byte[] name = ruleId.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) name.length).put(name);
    Position cleared = episode.cleared();
    out.put(cleared == null ? OPEN : CLEARED);
    putPosition(out, episode.raised());
    if (cleared != null) {
      putPosition(out, cleared);
    }
  }

  private static void putPosition(ByteBuffer out, Position position) {
    out.putLong(position.micros()).putLong(position.sequence());
  }

  private static Position position(ByteBuffer in) {
    return new Position(in.getLong(), in.getLong());
  }
}
