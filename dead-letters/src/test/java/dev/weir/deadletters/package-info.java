@NullMarked
package dev.weir.deadletters;

import org.jspecify.annotations.NullMarked;
