/** Runs the whole pipeline on this machine and shows what it does. */
@NullMarked
package dev.weir.cli.up;

import org.jspecify.annotations.NullMarked;
