/**
 * Rules of alerts as a person works with them: listed, set, removed, and tried on stored readings.
 */
@NullMarked
package dev.weir.cli.rules;

import org.jspecify.annotations.NullMarked;
