package dev.weir.model;

/** The JSON form of an {@link Alert}, as it stands in Kafka and on MQTT. Thread-safe. */
public final class AlertCodec {

  private AlertCodec() {}

  /**
   * Writes an alert as one JSON object with the fields of DESIGN's contract; null fields left out.
   */
  public static byte[] encode(Alert alert) {
    throw new UnsupportedOperationException(alert.toString());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where the bytes are not an alert, saying why
   */
  public static Alert decode(byte[] json) {
    throw new UnsupportedOperationException();
  }
}
