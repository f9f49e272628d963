package dev.weir.alerts.detect;

/** How a reading relates to those of its device that came before it. */
enum Arrival {
  /** Later than all before it: may begin and end episodes. */
  NEWEST("newest"),
  /** Overtaken by a later one: may begin an episode that nobody judged yet, but end none. */
  LATE("late"),
  /** Seen before: dropped. */
  DUPLICATE("duplicate"),
  /** So far behind that it is not known whether it was seen: dropped. */
  TOO_LATE("too_late");

  private final String code;

  Arrival(String code) {
    this.code = code;
  }

  /** The value of the metric's label. */
  String code() {
    return code;
  }

  boolean isDropped() {
    return this == DUPLICATE || this == TOO_LATE;
  }
}
