/** PostgreSQL's binary COPY format. */
@NullMarked
package dev.weir.sink.copy;

import org.jspecify.annotations.NullMarked;
