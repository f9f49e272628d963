package dev.weir.model;

/** How much an alert matters. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
