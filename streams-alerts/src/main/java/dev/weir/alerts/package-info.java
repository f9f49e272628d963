/** The alerts service: its settings, its lifecycle and its main. */
@NullMarked
package dev.weir.alerts;

import org.jspecify.annotations.NullMarked;
