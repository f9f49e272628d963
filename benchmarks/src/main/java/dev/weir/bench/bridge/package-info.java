/** The bridge against its limits and its rivals. */
@NullMarked
package dev.weir.bench.bridge;

import org.jspecify.annotations.NullMarked;
