/** Readings, devices, alerts and their strict codec: the values that every part of Weir shares. */
@NullMarked
package dev.weir.model;

import org.jspecify.annotations.NullMarked;
