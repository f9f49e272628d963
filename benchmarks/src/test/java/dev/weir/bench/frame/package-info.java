/** Tests of what every benchmark is made of. */
@NullMarked
package dev.weir.bench.frame;

import org.jspecify.annotations.NullMarked;
