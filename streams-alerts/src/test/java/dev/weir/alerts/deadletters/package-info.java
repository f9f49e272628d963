/** Tests of the count of dead letters. */
@NullMarked
package dev.weir.alerts.deadletters;

import org.jspecify.annotations.NullMarked;
