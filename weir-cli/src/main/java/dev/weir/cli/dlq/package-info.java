/** Shows dead letters to a person. */
@NullMarked
package dev.weir.cli.dlq;

import org.jspecify.annotations.NullMarked;
