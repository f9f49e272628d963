package dev.weir.model;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One decoded and validated payload of a device.
 *
 * @param device who sent it
 * @param time when the device measured it, to the microsecond
 * @param sequenceId the device's own count, at least 0
 * @param temperature in degrees Celsius; null where the device sent none
 * @param battery charge in percent; null where the device sent none
 * @param fields every member of the JSON object in the order it was sent, the above included
 * @param source the object's bytes
 */
public record Reading(
    Device device,
    Instant time,
    long sequenceId,
    @Nullable Double temperature,
    @Nullable Integer battery,
    List<JsonField> fields,
    Slice source)
    implements Decoded {

  /** Name of the field that holds the time. */
  public static final String TIME = "time";

  /** Name of the field that holds the device's own count. */
  public static final String SEQUENCE_ID = "sequence_id";

  /** Name of the field that holds the temperature. */
  public static final String TEMPERATURE = "temperature";

  /** Name of the field that holds the battery's charge. */
  public static final String BATTERY = "battery";

  /** Name of the optional field that repeats the user. */
  public static final String USER_ID = "user_id";

  /** Name of the optional field that repeats the device. */
  public static final String DEVICE_ID = "device_id";

  /** The value of a numeric field; empty where it is missing or not a number. */
  public OptionalDouble number(String name) {
    for (JsonField field : fields) {
      if (field.name().equals(name)) {
        return field.asDouble();
      }
    }
    return OptionalDouble.empty();
  }
}
