package dev.weir.model.judge;

import dev.weir.model.Severity;
import dev.weir.model.judge.RuleState.Anchor;
import dev.weir.model.judge.RuleState.Streak;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of {@link DeviceState}: a version byte, the newest position, the newest time
 * sent, the time last heard, the replay window, the mutes, then the rules' states, integers
 * big-endian. 173 bytes for a device without any. Version 1, which knew of episodes alone, is read
 * too. Thread-safe.
 */
public final class DeviceStateCodec {

  private static final byte VERSION_OF_EPISODES = 1;
  private static final byte VERSION = 2;

  private static final int HAS_EPISODE = 1;
  private static final int IS_CLEARED = 2;
  private static final int IS_ACKNOWLEDGED = 4;
  private static final int HAS_STREAK = 8;
  private static final int HAS_ANCHOR = 16;

  private static final int POSITION_BYTES = 2 * Long.BYTES;
  private static final int FIXED_BYTES =
      Byte.BYTES + POSITION_BYTES + (3 + ReplayWindow.WORDS) * Long.BYTES + 2 * Short.BYTES;
  private static final int LONGEST_RULE_BYTES =
      2 * Short.BYTES + 2 * Byte.BYTES + 4 * POSITION_BYTES + 8 * Long.BYTES;

  private DeviceStateCodec() {}

  /** The bytes of a state. */
  public static byte[] write(DeviceState state) {
    ByteBuffer out = ByteBuffer.allocate(longest(state)).put(VERSION);
    putPosition(out, state.newest());
    out.putLong(state.newestSent()).putLong(state.heardMillis()).putLong(state.window().top());
    for (long word : state.window().words()) {
      out.putLong(word);
    }
    out.putShort((short) state.mutes().entries().size());
    state.mutes().entries().forEach((rule, until) -> putText(out, rule).putLong(until));
    out.putShort((short) state.rules().size());
    state.rules().forEach((rule, memory) -> putRule(putText(out, rule), memory));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static int longest(DeviceState state) {
    int size = FIXED_BYTES;
    for (String rule : state.mutes().entries().keySet()) {
      size += Short.BYTES + 3 * rule.length() + Long.BYTES;
    }
    for (Map.Entry<String, RuleState> rule : state.rules().entrySet()) {
      Episode episode = rule.getValue().episode();
      int metric = episode == null ? 0 : episode.metric().length();
      size += 3 * (rule.getKey().length() + metric) + LONGEST_RULE_BYTES;
    }
    return size;
  }

  /**
   * Reads what {@link #write} wrote, in this version or the one before.
   *
   * @throws IllegalArgumentException where the bytes are cut short or of an unknown version
   */
  public static DeviceState read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION && version != VERSION_OF_EPISODES) {
        throw new IllegalArgumentException("device state of unknown version " + version);
      }
      boolean old = version == VERSION_OF_EPISODES;
      Position newest = position(in);
      long newestSent = in.getLong();
      long heard = old ? DeviceState.NEVER : in.getLong();
      ReplayWindow window = window(in);
      Mutes mutes = old ? new Mutes(Map.of()) : mutes(in);
      Map<String, RuleState> rules = new HashMap<>();
      for (int left = in.getShort(); left > 0; left--) {
        rules.put(text(in), old ? oldEpisode(in) : rule(in));
      }
      return new DeviceState(newest, newestSent, heard, window, rules, mutes);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("device state cut short at " + bytes.length + " bytes", e);
    }
  }

  private static ReplayWindow window(ByteBuffer in) {
    long top = in.getLong();
    long[] words = new long[ReplayWindow.WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.getLong();
    }
    return new ReplayWindow(top, words);
  }

  private static Mutes mutes(ByteBuffer in) {
    Map<String, Long> mutes = new HashMap<>();
    for (int left = in.getShort(); left > 0; left--) {
      mutes.put(text(in), in.getLong());
    }
    return new Mutes(mutes);
  }

  private static RuleState oldEpisode(ByteBuffer in) {
    boolean cleared = in.get() != 0;
    Position raised = position(in);
    @Nullable Position end = cleared ? position(in) : null;
    return RuleState.fresh(0)
        .with(new Episode(Severity.WARNING, "", raised, end, null, Double.NaN, Double.NaN, 0));
  }

  private static void putRule(ByteBuffer out, RuleState state) {
    Episode episode = state.episode();
    Streak streak = state.streak();
    Anchor anchor = state.anchor();
    int flags = (streak == null ? 0 : HAS_STREAK) | (anchor == null ? 0 : HAS_ANCHOR);
    if (episode != null) {
      flags |= HAS_EPISODE;
      flags |= episode.cleared() == null ? 0 : IS_CLEARED;
      flags |= episode.acknowledged() == null ? 0 : IS_ACKNOWLEDGED;
    }
    out.put((byte) flags).putLong(state.fingerprint());
    if (episode != null) {
      putEpisode(out, episode);
    }
    if (streak != null) {
      putPosition(out, streak.since());
      out.putDouble(streak.peak()).putLong(streak.violations());
    }
    if (anchor != null) {
      putPosition(out, anchor.at());
      out.putDouble(anchor.value());
    }
  }

  private static void putEpisode(ByteBuffer out, Episode episode) {
    out.put(code(episode.severity()));
    putText(out, episode.metric());
    putPosition(out, episode.raised());
    if (episode.cleared() != null) {
      putPosition(out, episode.cleared());
    }
    if (episode.acknowledged() != null) {
      out.putLong(episode.acknowledged().toEpochMilli());
    }
    out.putDouble(episode.peak()).putDouble(episode.last()).putLong(episode.violations());
  }

  private static RuleState rule(ByteBuffer in) {
    byte flags = in.get();
    long fingerprint = in.getLong();
    return new RuleState(
        fingerprint,
        has(flags, HAS_EPISODE) ? episode(in, flags) : null,
        has(flags, HAS_STREAK) ? new Streak(position(in), in.getDouble(), in.getLong()) : null,
        has(flags, HAS_ANCHOR) ? new Anchor(position(in), in.getDouble()) : null);
  }

  private static Episode episode(ByteBuffer in, byte flags) {
    return new Episode(
        severity(in.get()),
        text(in),
        position(in),
        has(flags, IS_CLEARED) ? position(in) : null,
        has(flags, IS_ACKNOWLEDGED) ? Instant.ofEpochMilli(in.getLong()) : null,
        in.getDouble(),
        in.getDouble(),
        in.getLong());
  }

  private static byte code(Severity severity) {
    return switch (severity) {
      case INFO -> 0;
      case WARNING -> 1;
      case CRITICAL -> 2;
    };
  }

  private static Severity severity(byte code) {
    return switch (code) {
      case 0 -> Severity.INFO;
      case 1 -> Severity.WARNING;
      case 2 -> Severity.CRITICAL;
      default -> throw new IllegalArgumentException("device state with unknown severity " + code);
    };
  }

  private static boolean has(byte flags, int flag) {
    return (flags & flag) != 0;
  }

  private static ByteBuffer putText(ByteBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return out.putShort((short) utf8.length).put(utf8);
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[in.getShort()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void putPosition(ByteBuffer out, Position position) {
    out.putLong(position.micros()).putLong(position.sequence());
  }

  private static Position position(ByteBuffer in) {
    return new Position(in.getLong(), in.getLong());
  }
}
