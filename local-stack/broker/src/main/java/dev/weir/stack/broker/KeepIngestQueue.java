package dev.weir.stack.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.security.SecurityAuth;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;

/**
 * Refuses to delete the queue behind the shared subscription {@code $share/ingest/…}.
 *
 * <p>Artemis deletes a shared queue with all it holds when one member leaves while no other is
 * connected, even if another member's persistent session has the same subscription: a bridge that
 * is down for a moment would lose its backlog. Called on the broker's own threads.
 */
final class KeepIngestQueue implements ActiveMQServerPlugin {

  private static final String INGEST_QUEUES = "ingest.";

  @Override
  public void beforeDestroyQueue(
      Queue queue,
      SecurityAuth session,
      boolean checkConsumerCount,
      boolean removeConsumers,
      boolean autoDeleteAddress)
      throws Kept {
    String name = queue.getName().toString();
    if (name.startsWith(INGEST_QUEUES)) {
      throw new Kept(name);
    }
  }

  /** The refusal. It is part of normal work and logged by Artemis, so it carries no stack trace. */
  static final class Kept extends ActiveMQException {

    private static final long serialVersionUID = 1L;

    Kept(String queue) {
      super(ActiveMQExceptionType.ILLEGAL_STATE, "kept with all it holds: " + queue);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
