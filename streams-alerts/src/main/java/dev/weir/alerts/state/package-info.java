/** Keeps the states of devices, decoded, in front of the stores of Kafka Streams. */
@NullMarked
package dev.weir.alerts.state;

import org.jspecify.annotations.NullMarked;
