package dev.weir.alerts.state;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many objects the stores of one process may hold together, however many tasks it has.
 * Thread-safe: each store belongs to a stream thread, all share the budget.
 */
public final class ObjectBudget {

  private final int most;
  private final AtomicInteger held = new AtomicInteger();

  /** A budget of so many objects. */
  public ObjectBudget(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one object must be held, not " + most);
    }
    this.most = most;
  }

  /** Notes that one more object is held; answers whether that is one too many. */
  boolean isExceededByOneMore() {
    return held.incrementAndGet() > most;
  }

  void release(int objects) {
    held.addAndGet(-objects);
  }

  /** How many objects are held now. */
  int held() {
    return held.get();
  }
}
