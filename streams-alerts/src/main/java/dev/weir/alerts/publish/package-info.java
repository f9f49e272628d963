/** Carries alerts from Kafka to MQTT and commits after the broker has acknowledged. */
@NullMarked
package dev.weir.alerts.publish;

import org.jspecify.annotations.NullMarked;
