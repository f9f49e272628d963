/** The readings that benchmarks work on, and the Kafka topics that hold them. */
@NullMarked
package dev.weir.bench.fleet;

import org.jspecify.annotations.NullMarked;
