/** Compares the ledger of acknowledged readings with what is in the table and the dead letters. */
@NullMarked
package dev.weir.cli.verify;

import org.jspecify.annotations.NullMarked;
