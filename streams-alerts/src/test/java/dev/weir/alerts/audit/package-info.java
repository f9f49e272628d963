@NullMarked
package dev.weir.alerts.audit;

import org.jspecify.annotations.NullMarked;
