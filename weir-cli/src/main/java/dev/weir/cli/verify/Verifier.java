package dev.weir.cli.verify;

import dev.weir.cli.load.Ledger;
import dev.weir.stack.Pause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Waits until a run's readings have arrived, then accounts for every one of them. */
public final class Verifier {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final StoredReadings stored;
  private final Optional<DeadLetteredReadings> deadLettered;

  /**
   * Compares against a table and, where Kafka can be reached, the dead-letter queue.
   *
   * @param stored the table
   * @param deadLettered the dead letters; empty where they cannot be looked at
   */
  public Verifier(StoredReadings stored, Optional<DeadLetteredReadings> deadLettered) {
    this.stored = stored;
    this.deadLettered = deadLettered;
  }

  /**
   * Accounts for a run, waiting for what is still on its way as long as more keeps arriving.
   *
   * @param patience how long nothing may arrive before what is missing counts as lost
   * @throws SQLException where the database cannot be read
   */
  public Outcome verify(Ledger ledger, Duration patience)
      throws SQLException, InterruptedException {
    return accounts(ledger, patience).outcome();
  }

  /** As {@link #verify}, with every reading that is not where it belongs. */
  public Accounts accounts(Ledger ledger, Duration patience)
      throws SQLException, InterruptedException {
    long rows = -1;
    long lastArrival = System.nanoTime();
    while (true) {
      long now = stored.count(ledger);
      if (now > rows) {
        rows = now;
        lastArrival = System.nanoTime();
      }
      boolean impatient = System.nanoTime() - lastArrival > patience.toNanos();
      if (now >= ledger.acknowledgedCount() - ledger.poisonCount() || impatient) {
        Accounts accounts = account(ledger);
        if (accounts.outcome().missing() == 0 || impatient) {
          return accounts;
        }
      }
      Pause.of(LOOK_AGAIN);
    }
  }

  private Accounts account(Ledger ledger) throws SQLException {
    SeenReadings inTable = new SeenReadings(ledger);
    stored.readInto(inTable, ledger);
    SeenReadings inDeadLetters = new SeenReadings(ledger);
    deadLettered.ifPresent(letters -> letters.readInto(inDeadLetters, ledger));
    return Accounts.of(ledger, inTable, inDeadLetters);
  }
}
