/** The alerts service beside a transactional copy. */
@NullMarked
package dev.weir.bench.alerts;

import org.jspecify.annotations.NullMarked;
