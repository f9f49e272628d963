package dev.weir.alerts.publish;

import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** A consumer that cannot commit while its group rebalances. */
final class RebalancingConsumer extends MockConsumer<byte[], byte[]> {

  volatile boolean rebalancing;

  RebalancingConsumer() {
    super("earliest");
  }

  @Override
  public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (rebalancing) {
      throw new RebalanceInProgressException("for the test");
    }
    super.commitSync(offsets);
  }
}
