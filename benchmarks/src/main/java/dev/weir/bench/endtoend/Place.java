package dev.weir.bench.endtoend;

import java.util.Locale;

/** Where a reading is waited for. */
enum Place {
  /** In the table, for whoever queries it. */
  ROW,
  /** On MQTT, for a user's app. */
  ALERT;

  String words() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of a figure, in milliseconds. */
  String figure(String percentile) {
    return words() + "_" + percentile + "_ms";
  }
}
