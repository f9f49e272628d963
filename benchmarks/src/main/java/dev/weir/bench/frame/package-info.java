/**
 * What every benchmark is made of: variants measured in turn, their figures, what is compared, and
 * the report.
 */
@NullMarked
package dev.weir.bench.frame;

import org.jspecify.annotations.NullMarked;
