/** The traces of readings, handed on to the alerts that they raise and clear. */
@NullMarked
package dev.weir.alerts.trace;

import org.jspecify.annotations.NullMarked;
