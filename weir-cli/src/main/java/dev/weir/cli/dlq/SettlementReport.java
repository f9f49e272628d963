package dev.weir.cli.dlq;

import dev.weir.deadletters.Decision;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.Settlement;
import dev.weir.deadletters.Settler;
import dev.weir.model.DeadLetter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Tells how a replay or a drop goes: progress every second, each letter that is dropped, and by
 * name those that have to stay. One thread.
 */
public final class SettlementReport implements Settler.Listener {

  private static final int MOST_NAMED = 20;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final PrintWriter out;
  private final long began = System.nanoTime();
  private long said = began;
  private long total;
  private long settled;
  private long left;

  /** Printed to a writer. */
  public SettlementReport(PrintWriter out) {
    this.out = out;
  }

  /** How many letters are to be settled. */
  public void total(long letters) {
    total = letters;
  }

  @Override
  public void settled(List<Settlement> batch) {
    settled += batch.size();
    for (Settlement settlement : batch) {
      if (settlement.decision() instanceof Decision.Drop) {
        dropped(settlement);
      }
    }
    long now = System.nanoTime();
    if (now - said >= EVERY.toNanos() && settled < total) {
      said = now;
      long rate = settled * EVERY.toNanos() / Math.max(1, now - began);
      out.printf(
          "%s of %s done, %s/s%n", Words.number(settled), Words.number(total), Words.number(rate));
    }
    out.flush();
  }

  private void dropped(Settlement settlement) {
    Letter letter = settlement.letter();
    int copies = settlement.members().size() - 1;
    out.printf(
        "dropped %s%s  %s  %s  from %s  of %s%n",
        letter.id(),
        copies > 0 ? " (and " + SummaryTable.copies(copies) + ")" : "",
        letter.reason(),
        letter.stage(),
        Words.printable(letter.header(DeadLetter.SOURCE).orElse("-")),
        letter.time());
  }

  @Override
  public void left(Letter letter, String why) {
    left++;
    if (left <= MOST_NAMED) {
      out.printf("left %s: it %s%n", letter.id(), Words.printable(why));
    } else if (left == MOST_NAMED + 1) {
      out.println("left …: there are more that cannot be replayed");
    }
    out.flush();
  }

  /** Letters that left the queue. */
  public long settledCount() {
    return settled;
  }

  /** Letters that had to stay. */
  public long leftCount() {
    return left;
  }
}
