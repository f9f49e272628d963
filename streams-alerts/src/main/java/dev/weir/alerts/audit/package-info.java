/** The continuous audit: what each device's own count says about readings that are missing. */
@NullMarked
package dev.weir.alerts.audit;

import org.jspecify.annotations.NullMarked;
