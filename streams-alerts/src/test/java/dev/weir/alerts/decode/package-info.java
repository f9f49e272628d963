@NullMarked
package dev.weir.alerts.decode;

import org.jspecify.annotations.NullMarked;
