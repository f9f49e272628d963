package dev.weir.sink;

/**
 * For how many batches COPY is not tried, because it failed at one before. The pause doubles with
 * each failure and ends with a success, so that a replay of stored records is not tried in vain at
 * every batch, and a lone duplicate costs one upsert more. Used by one thread at a time.
 */
final class CopyPause {

  /** At the worst, one batch in so many is written twice. */
  static final int LONGEST = 64;

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
    last = Math.min(LONGEST, Math.max(1, last * 2));
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
