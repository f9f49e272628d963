package dev.weir.model.judge;

/** How a reading relates to those of its device that came before it. */
public enum Arrival {
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
  public String code() {
    return code;
  }

  /** Whether such a reading is not judged. */
  public boolean isDropped() {
    return this == DUPLICATE || this == TOO_LATE;
  }
}
