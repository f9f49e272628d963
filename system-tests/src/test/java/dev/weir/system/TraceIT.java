package dev.weir.system;

import org.junit.jupiter.api.extension.ExtendWith;

/** Traces on the servers that come with the pipeline. */
@ExtendWith(SharedStack.class)
class TraceIT extends TraceContract {}
