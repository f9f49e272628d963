package dev.weir.cli.doctor;

/** How much a finding matters. */
public enum Severity {
  /** Data that was acknowledged can be lost, or was. */
  LOSS,
  /** Data waits, or stops, until a person acts. */
  STRAND,
  /** Worth knowing; nothing is lost or stands still by it. */
  NOTE
}
