package dev.weir.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.load.TestLedger;
import dev.weir.model.Device;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class AccountsTest {

  private static final Device DEVICE = TestLedger.DEVICE;

  /** Acknowledged: a good reading, then a bad one. */
  private final TestLedger run = new TestLedger();

  private final SeenReadings inTable = new SeenReadings(run.ledger());
  private final SeenReadings inDeadLetters = new SeenReadings(run.ledger());

  @Test
  void findsNothing_whenTheGoodIsStoredAndTheBadDeadLettered() {
    inTable.add(DEVICE, run.good());
    inDeadLetters.add(DEVICE, run.bad());
    inDeadLetters.add(DEVICE, run.bad()); // a dead letter may be written twice

    Accounts accounts = accounts();
    assertThat(accounts.outcome().isComplete()).isTrue();
    assertThat(accounts.missing()).containsEntry(DEVICE, new BitSet());
    assertThat(accounts.inBoth() + accounts.goodDeadLettered() + accounts.poisonStored()).isZero();
  }

  @Test
  void findsWhatIsMissing() {
    inTable.add(DEVICE, run.good());
    assertThat(accounts().missing()).containsEntry(DEVICE, bits(1));
    assertThat(accounts().outcome().missing()).isEqualTo(1);
  }

  @Test
  void findsAGoodReadingThatWasDeadLettered() {
    inDeadLetters.add(DEVICE, run.good());
    assertThat(accounts().goodDeadLettered()).isEqualTo(1);
  }

  @Test
  void findsABadReadingThatWasStored_andOneThatIsInBoth() {
    inTable.add(DEVICE, run.bad());
    inDeadLetters.add(DEVICE, run.bad());
    assertThat(accounts().poisonStored()).isEqualTo(1);
    assertThat(accounts().inBoth()).isEqualTo(1);
  }

  @Test
  void findsARowThatStandsTwice() {
    inTable.add(DEVICE, run.good());
    inTable.add(DEVICE, run.good());
    assertThat(accounts().duplicated()).containsEntry(DEVICE, bits(0));
    assertThat(accounts().outcome().duplicated()).isEqualTo(1);
  }

  private static BitSet bits(int bit) {
    BitSet bits = new BitSet();
    bits.set(bit);
    return bits;
  }

  private Accounts accounts() {
    return Accounts.of(run.ledger(), inTable, inDeadLetters);
  }
}
