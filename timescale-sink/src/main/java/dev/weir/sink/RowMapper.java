package dev.weir.sink;

import static dev.weir.model.RejectionReason.DATABASE_REFUSED;
import static dev.weir.model.RejectionReason.EMPTY;
import static dev.weir.model.RejectionReason.INVALID_IDENTITY;
import static dev.weir.model.RejectionReason.MISSING_FIELD;

import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.JsonField;
import dev.weir.model.JsonObjectDecoder;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Rejected;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Turns a record's bytes into a row of the table, or says why it cannot be one. */
final class RowMapper {

  /** What the device's identity and time are taken from; not from a field of that name. */
  private static final Set<String> IDENTITY =
      Set.of(Reading.TIME, Reading.USER_ID, Reading.DEVICE_ID);

  private final RecordFormat format;
  private final String overflowColumn;
  private final boolean ignoreUnknown;
  private final ReadingDecoder readings;
  private final JsonObjectDecoder objects;

  RowMapper(SinkSettings settings, InstantSource clock) {
    this.format = settings.format();
    this.overflowColumn = settings.overflowColumn();
    this.ignoreUnknown = settings.ignoreUnknown();
    DecoderLimits limits = settings.limits();
    this.readings = new ReadingDecoder(limits, clock);
    this.objects = new JsonObjectDecoder(limits);
  }

  Mapped map(Table table, SinkRecord record) {
    if (record.value() == null) {
      return unfit(record, EMPTY, "the record has no value (a tombstone): rows are never deleted");
    }
    byte[] payload = bytes(record.value(), "value");
    return format == RecordFormat.READING
        ? mapReading(table, record, payload)
        : mapObject(table, record, payload);
  }

  private Mapped mapReading(Table table, SinkRecord record, byte[] payload) {
    Optional<Device> device = device(record);
    if (device.isEmpty()) {
      return unfit(record, INVALID_IDENTITY, "the record's key is not user/device");
    }
    Decoded decoded = readings.decodeOne(device.get(), payload);
    if (decoded instanceof Rejected rejected) {
      return new Mapped.Unfit(record, rejected.rejection(), false);
    }
    Reading reading = (Reading) decoded;
    @Nullable Object[] values = new Object[table.columns().size()];
    values[table.indexOf(Reading.TIME)] = reading.time();
    values[table.indexOf(Reading.USER_ID)] = reading.device().user();
    values[table.indexOf(Reading.DEVICE_ID)] = reading.device().id();
    return fill(table, record, values, reading.fields(), IDENTITY);
  }

  private Mapped mapObject(Table table, SinkRecord record, byte[] payload) {
    JsonObjectDecoder.Result result = objects.decode(payload);
    if (result instanceof JsonObjectDecoder.Refused refused) {
      return new Mapped.Unfit(record, refused.rejection(), false);
    }
    List<JsonField> fields = ((JsonObjectDecoder.Members) result).members();
    return fill(table, record, new Object[table.columns().size()], fields, Set.of());
  }

  private Mapped fill(
      Table table,
      SinkRecord record,
      @Nullable Object[] values,
      List<JsonField> fields,
      Set<String> done) {
    List<JsonField> unknown = new ArrayList<>();
    try {
      for (JsonField field : fields) {
        int column = field.name().equals(overflowColumn) ? -1 : table.indexOf(field.name());
        if (done.contains(field.name())) {
          continue;
        }
        if (column >= 0) {
          values[column] = table.columns().get(column).type().convert(field);
        } else {
          unknown.add(field);
        }
      }
      keep(table, values, unknown);
      requireKey(table, values);
    } catch (UnfitValueException e) {
      return new Mapped.Unfit(record, e.rejection(), true);
    }
    return new Mapped.Fit(new Row(record, table, values));
  }

  private void keep(Table table, @Nullable Object[] values, List<JsonField> unknown)
      throws UnfitValueException {
    if (!overflowColumn.isEmpty()) {
      values[table.indexOf(overflowColumn)] = Overflow.compose(overflowColumn, unknown);
    } else if (!unknown.isEmpty() && !ignoreUnknown) {
      throw new UnfitValueException(
          DATABASE_REFUSED,
          "table " + table.name() + " has no column for " + unknown.get(0).name());
    }
  }

  private static void requireKey(Table table, @Nullable Object[] values)
      throws UnfitValueException {
    for (int column : table.key()) {
      if (values[column] == null) {
        throw new UnfitValueException(
            MISSING_FIELD,
            table.columns().get(column).name() + " is missing: it belongs to the table's key");
      }
    }
  }

  /** The device that a record's key names. */
  static Optional<Device> device(SinkRecord record) {
    if (record.key() == null) {
      return Optional.empty();
    }
    byte[] key = bytes(record.key(), "key");
    try {
      return Device.ofKey(utf8(key));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Strictly, but without the strict decoder where all is ASCII, as nearly always. */
  private static String utf8(byte[] text) throws CharacterCodingException {
    for (byte each : text) {
      if (each < 0) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(Object data, String part) {
    if (data instanceof byte[] bytes) {
      return bytes;
    }
    throw new ConnectException(
        "The "
            + part
            + " converter gave "
            + data.getClass().getSimpleName()
            + " instead of bytes: set "
            + part
            + ".converter="
            + SinkSettings.BYTES_CONVERTER);
  }

  private static Mapped unfit(SinkRecord record, RejectionReason reason, String detail) {
    return new Mapped.Unfit(record, new Rejection(reason, detail), false);
  }
}
