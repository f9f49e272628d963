package dev.weir.alerts.audit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of {@link DeviceAudit} in the store and its changelog: a version byte, the marks,
 * the tally, the episode where there is one, then the gaps; integers big-endian. 119 bytes for a
 * device without gaps, 1,695 with as many as are remembered and an episode.
 */
final class DeviceAuditSerde {

  private static final byte VERSION = 1;
  private static final int MARKS = 7 * Long.BYTES + 2 * Byte.BYTES;
  private static final int TALLY = 6 * Long.BYTES;
  private static final int EPISODE = 5 * Long.BYTES;
  private static final int GAP = 3 * Long.BYTES;

  private DeviceAuditSerde() {}

  static Serde<DeviceAudit> serde() {
    return Serdes.serdeFrom(
        (topic, audit) -> audit == null ? null : write(audit),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  static byte[] write(DeviceAudit audit) {
    GapEpisode episode = audit.episode();
    List<Gap> gaps = audit.gaps().list();
    int size =
        1 + MARKS + TALLY + 1 + (episode == null ? 0 : EPISODE) + Short.BYTES + gaps.size() * GAP;
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
    put(out, audit.marks());
    put(out, audit.tally());
    out.put((byte) (episode == null ? 0 : 1));
    if (episode != null) {
      out.putLong(episode.since()).putLong(episode.from()).putLong(episode.through());
      out.putLong(episode.peak()).putLong(episode.lost());
    }
    out.putShort((short) gaps.size());
    for (Gap gap : gaps) {
      out.putLong(gap.from()).putLong(gap.to()).putLong(gap.since());
    }
    return out.array();
  }

  static DeviceAudit read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new SerializationException("device audit of unknown version " + version);
      }
      Marks marks = marks(in);
      Tally tally = tally(in);
      @Nullable GapEpisode episode = in.get() == 0 ? null : episode(in);
      List<Gap> gaps = new ArrayList<>();
      for (int left = in.getShort(); left > 0; left--) {
        gaps.add(new Gap(in.getLong(), in.getLong(), in.getLong()));
      }
      return new DeviceAudit(marks, tally, gaps, episode);
    } catch (BufferUnderflowException e) {
      throw new SerializationException("device audit cut short at " + bytes.length + " bytes", e);
    }
  }

  private static void put(ByteBuffer out, Marks marks) {
    out.putLong(marks.floor).putLong(marks.top).putLong(marks.countingSince);
    out.putLong(marks.newest).putLong(marks.newestSent).putLong(marks.lastSeen);
    out.putLong(marks.published).put((byte) (marks.untold ? 1 : 0)).put((byte) marks.neighbours);
  }

  private static Marks marks(ByteBuffer in) {
    Marks marks = new Marks();
    marks.floor = in.getLong();
    marks.top = in.getLong();
    marks.countingSince = in.getLong();
    marks.newest = in.getLong();
    marks.newestSent = in.getLong();
    marks.lastSeen = in.getLong();
    marks.published = in.getLong();
    marks.untold = in.get() == 1;
    marks.neighbours = in.get();
    return marks;
  }

  private static void put(ByteBuffer out, Tally tally) {
    out.putLong(tally.readings).putLong(tally.filled).putLong(tally.duplicates);
    out.putLong(tally.late).putLong(tally.restarts).putLong(tally.givenUp);
  }

  private static Tally tally(ByteBuffer in) {
    Tally tally = new Tally();
    tally.readings = in.getLong();
    tally.filled = in.getLong();
    tally.duplicates = in.getLong();
    tally.late = in.getLong();
    tally.restarts = in.getLong();
    tally.givenUp = in.getLong();
    return tally;
  }

  private static GapEpisode episode(ByteBuffer in) {
    return new GapEpisode(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
