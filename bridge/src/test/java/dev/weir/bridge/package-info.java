/** Tests of the bridge. */
@NullMarked
package dev.weir.bridge;

import org.jspecify.annotations.NullMarked;
