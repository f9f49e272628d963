/** Kafka (KRaft, one node) and a Kafka Connect worker, each a process of its own. */
@NullMarked
package dev.weir.stack.kafka;

import org.jspecify.annotations.NullMarked;
