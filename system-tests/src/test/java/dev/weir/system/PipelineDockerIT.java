package dev.weir.system;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipeline on the servers of the full stack: EMQX, Kafka and TimescaleDB in containers. */
@Tag("docker")
@ExtendWith(ContainerStack.class)
@Timeout(300)
class PipelineDockerIT extends PipelineContract {}
