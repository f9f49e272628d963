/** Breaks a running pipeline at random for a while, and then proves that nothing was lost. */
@NullMarked
package dev.weir.cli.prove;

import org.jspecify.annotations.NullMarked;
