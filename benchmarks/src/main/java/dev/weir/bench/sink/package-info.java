/** The sink connector beside COPY by hand and another JDBC sink. */
@NullMarked
package dev.weir.bench.sink;

import org.jspecify.annotations.NullMarked;
