package dev.weir.bridge;

import java.util.concurrent.CompletableFuture;

/** What a slot's session asks of the consumer group. Called by the session's thread. */
interface Lease {

  /**
   * Asks the group to confirm that the slot is this replica's, as is due before every connect, and
   * takes back the slot's mark: the connect may find that the broker lost the session, and make a
   * new one.
   *
   * @return whether the slot was marked until now; fails if the slot is not this replica's
   */
  CompletableFuture<Boolean> renew();

  /**
   * Marks the slot: the session that the broker holds has its subscription, and maybe a backlog.
   *
   * @return completes when the mark is in Kafka; fails if it may not be
   */
  CompletableFuture<Boolean> mark(Mark mark);
}
