/**
 * What the bridge is measured against, each a program of its own: the limits (a subscriber that
 * does nothing, a producer alone) and the rivals, written as their own documentation would have it.
 */
@NullMarked
package dev.weir.bench.program;

import org.jspecify.annotations.NullMarked;
