package dev.weir.sink;

/**
 * For how many batches COPY is not tried, because it failed at one before. The pause doubles with
 * each failure and ends with a success, so that a replay of stored records is not tried in vain at
 * every batch. Used by one thread at a time.
 */
final class CopyPause {

  /** At the worst, one batch in so many is written twice. */
  static final int LONGEST = 64;

  /** After a batch with many stored rows: more of them are to come, as in a replay. */
  private static final int SHORTEST_OF_REPLAY = 4;

  private boolean forGood;
  private int left;
  private int last;

  /** Whether the next batch is to be tried by COPY; each answer counts as a batch. */
  boolean isOver() {
    if (left == 0) {
      return !forGood;
    }
    left--;
    return false;
  }

  /** COPY has failed, for whatever reason. */
  void failed() {
    pause(1);
  }

  /** COPY has failed or would have, at a batch with many stored rows. */
  void replayed() {
    pause(SHORTEST_OF_REPLAY);
  }

  private void pause(int atLeast) {
    last = Math.min(LONGEST, Math.max(atLeast, last * 2));
    left = last;
  }

  /** COPY will never do on this connection. */
  void endsNever() {
    forGood = true;
  }

  /** COPY has stored a batch. */
  void succeeded() {
    last = 0;
  }
}
