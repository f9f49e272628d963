/** The load tester: simulated devices, paced publishing and the ledger of what was acknowledged. */
@NullMarked
package dev.weir.cli.load;

import org.jspecify.annotations.NullMarked;
