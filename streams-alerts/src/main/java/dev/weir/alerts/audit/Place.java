package dev.weir.alerts.audit;

/** Where a reading stands in its device's count. Every reading has just one place. */
enum Place {
  /**
   * Next to one that is known: directly behind the last, or before the first; or the very first.
   */
  NEXT("next"),
  /** Beyond the next one: those between are missing. */
  AHEAD("ahead"),
  /** One that was missing. */
  FILLED("filled"),
  /** Of an earlier count, or from before the oldest that is remembered. */
  LATE("late"),
  /** Had been there before. */
  DUPLICATE("duplicate"),
  /** A later reading with a lower number: the device began to count anew. */
  RESTART("restart");

  private final String code;

  Place(String code) {
    this.code = code;
  }

  /** The value of the metric's label. */
  String code() {
    return code;
  }
}
