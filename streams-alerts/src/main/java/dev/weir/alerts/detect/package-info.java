/** Derives alerts from telemetry: one state machine per device, run by Kafka Streams. */
@NullMarked
package dev.weir.alerts.detect;

import org.jspecify.annotations.NullMarked;
