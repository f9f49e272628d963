package dev.weir.model;

/** What happened to an episode. */
public enum AlertStatus {
  RAISED,
  /** A user knows of it; it lasts on. */
  ACKNOWLEDGED,
  CLEARED
}
