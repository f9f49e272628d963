/** Tests of the bench command. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
