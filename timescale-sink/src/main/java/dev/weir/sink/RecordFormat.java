package dev.weir.sink;

import java.util.Locale;

/** What the records hold. */
enum RecordFormat {
  /** Device readings, with the device in the record's key. */
  READING,
  /** Any JSON object; every field, the table's key included, is in the value. */
  JSON;

  static RecordFormat of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
