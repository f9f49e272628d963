/** Decoding, shared by what works on the same records. */
@NullMarked
package dev.weir.alerts.decode;

import org.jspecify.annotations.NullMarked;
