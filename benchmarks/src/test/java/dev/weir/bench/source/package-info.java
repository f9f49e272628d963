/** Tests of where measured readings come from. */
@NullMarked
package dev.weir.bench.source;

import org.jspecify.annotations.NullMarked;
