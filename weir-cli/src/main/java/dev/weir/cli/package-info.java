/** The {@code weir} command: one tool to run, load and operate the pipeline. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
