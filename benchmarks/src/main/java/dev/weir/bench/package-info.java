/** The bench command: which benchmarks there are, and how they are asked for. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
