/** Carries device telemetry from MQTT to Kafka, acknowledging a publish only after Kafka has it. */
@NullMarked
package dev.weir.bridge;

import org.jspecify.annotations.NullMarked;
