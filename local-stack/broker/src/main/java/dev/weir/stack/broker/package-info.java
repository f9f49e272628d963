/** The local MQTT broker: Artemis in a process of its own, durable before it acknowledges. */
@NullMarked
package dev.weir.stack.broker;

import org.jspecify.annotations.NullMarked;
