/** HiveMQ Community Edition as a process that the benchmarks start. */
@NullMarked
package dev.weir.bench.hivemq;

import org.jspecify.annotations.NullMarked;
