package dev.weir.bench.fleet;

import dev.weir.model.Reading;
import dev.weir.sink.copy.CopyEncoder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code raw_telemetry}, ready to be stored. Immutable. */
public record Row(
    Instant time,
    String user,
    String device,
    long sequence,
    @Nullable Double temperature,
    @Nullable Integer battery) {

  /** Its columns, in the order in which they are encoded. */
  public static final String COLUMNS =
      "time, user_id, device_id, sequence_id, temperature, battery, extra_data";

  private static final int COUNT = 7;

  /** The row that a reading of a fleet becomes. */
  public static Row of(Fleet fleet, long number) {
    return new Row(
        fleet.time(number),
        fleet.device(number).user(),
        fleet.device(number).id(),
        fleet.sequence(number),
        fleet.temperature(number),
        fleet.battery(number));
  }

  /** The row that a decoded reading becomes. */
  public static Row of(Reading reading) {
    return new Row(
        reading.time(),
        reading.device().user(),
        reading.device().id(),
        reading.sequenceId(),
        reading.temperature(),
        reading.battery());
  }

  /** Writes it as binary COPY takes it. */
  public void encode(CopyEncoder out) {
    out.row(COUNT);
    out.timestamptz(time);
    out.text(user);
    out.text(device);
    out.int8(sequence);
    if (temperature == null) {
      out.nothing();
    } else {
      out.float8(temperature);
    }
    if (battery == null) {
      out.nothing();
    } else {
      out.int4(battery);
    }
    out.nothing();
  }
}
