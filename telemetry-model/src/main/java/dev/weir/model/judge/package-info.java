/**
 * Judges readings by rules: one state machine per device, without Kafka and without a clock, so
 * that whoever replays the same readings gets the same alerts.
 */
@NullMarked
package dev.weir.model.judge;

import org.jspecify.annotations.NullMarked;
