package dev.weir.model;

/** Where an episode stands. */
public enum AlertStatus {
  RAISED,
  CLEARED
}
