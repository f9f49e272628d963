package dev.weir.cli.verify;

/**
 * What became of a run's readings.
 *
 * @param published handed to the MQTT client
 * @param acknowledged acknowledged by the broker
 * @param stored acknowledged and in the table
 * @param deadLettered acknowledged and in the dead-letter queue
 * @param missing acknowledged, and in neither: loss
 * @param duplicated readings that stand in the table more than once
 */
public record Outcome(
    long published,
    long acknowledged,
    long stored,
    long deadLettered,
    long missing,
    long duplicated) {

  /** Whether the promise was put to the test and kept: nothing lost, nothing twice. */
  public boolean isComplete() {
    return acknowledged > 0 && missing == 0 && duplicated == 0;
  }

  /** The one line that a run ends with. */
  public String line(long alerts) {
    return "verify: published="
        + published
        + " acknowledged="
        + acknowledged
        + " stored="
        + stored
        + " dead_lettered="
        + deadLettered
        + " missing="
        + missing
        + " duplicated="
        + duplicated
        + " alerts="
        + alerts;
  }
}
