/** The whole pipeline on this machine: starts, stops, kills, hangs and restarts each part of it. */
@NullMarked
package dev.weir.stack;

import org.jspecify.annotations.NullMarked;
