/** Looks for settings and states that could lose or strand data, server by server. */
@NullMarked
package dev.weir.cli.doctor;

import org.jspecify.annotations.NullMarked;
