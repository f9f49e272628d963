/** Who may do what in Kafka: the declaration, and how it is brought about. */
@NullMarked
package dev.weir.cli.access;

import org.jspecify.annotations.NullMarked;
