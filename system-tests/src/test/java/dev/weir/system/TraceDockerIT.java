package dev.weir.system;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces on the servers of the full stack. */
@Tag("docker")
@ExtendWith(ContainerStack.class)
@Timeout(300)
class TraceDockerIT extends TraceContract {}
