/**
 * The dead-letter queue as one thing: what is in it, and how letters leave it.
 *
 * <p>A letter stands in {@code telemetry.dlq} until the retry connector has got to it, and in
 * {@code telemetry.parked} if it was refused again. Kafka forgets no record on request, so a letter
 * that was replayed or dropped is <em>settled</em> by a marker in {@code telemetry.dlq.settled},
 * written in one transaction with its replayed copy. The queue is what no marker settles.
 */
@NullMarked
package dev.weir.deadletters;

import org.jspecify.annotations.NullMarked;
