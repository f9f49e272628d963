/** Where measured readings come from: a source that is no bottleneck itself. */
@NullMarked
package dev.weir.bench.source;

import org.jspecify.annotations.NullMarked;
