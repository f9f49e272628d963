/** A Kafka Connect sink that stores JSON records in PostgreSQL and TimescaleDB and loses none. */
@NullMarked
package dev.weir.sink;

import org.jspecify.annotations.NullMarked;
