/**
 * The whole pipeline: how soon a published reading is a row and an alert, and how fast it drains.
 */
@NullMarked
package dev.weir.bench.endtoend;

import org.jspecify.annotations.NullMarked;
