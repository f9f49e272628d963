/** The inner loops: nanoseconds and bytes for each reading. */
@NullMarked
package dev.weir.bench.micro;

import org.jspecify.annotations.NullMarked;
