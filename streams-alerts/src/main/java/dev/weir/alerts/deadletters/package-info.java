/**
 * Counts the dead letters for {@code /metrics}, beside the alerts: this service is the one that
 * always reads Kafka and is not in the way of a reading.
 */
@NullMarked
package dev.weir.alerts.deadletters;

import org.jspecify.annotations.NullMarked;
