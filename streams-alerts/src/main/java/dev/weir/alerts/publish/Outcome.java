package dev.weir.alerts.publish;

/** What became of an alert that was to be published. */
enum Outcome {
  /** The broker acknowledged it. */
  PUBLISHED,
  /** It is not, and never will be, accepted, for what it is. */
  REFUSED,
  /** Not acknowledged: it will be read and sent again. */
  RETURNED
}
