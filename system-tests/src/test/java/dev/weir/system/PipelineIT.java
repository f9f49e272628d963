package dev.weir.system;

import org.junit.jupiter.api.extension.ExtendWith;

/** The pipeline on the servers that come with it. */
@ExtendWith(SharedStack.class)
class PipelineIT extends PipelineContract {}
