/** What the ticks of the ingest clock make due, for detection and audit alike. */
@NullMarked
package dev.weir.alerts.clock;

import org.jspecify.annotations.NullMarked;
