package dev.weir.cli.prove;

import dev.weir.cli.load.Excursion;
import dev.weir.cli.load.Ledger;
import dev.weir.cli.load.LoadRun;
import dev.weir.cli.verify.Accounts;
import dev.weir.cli.verify.AlertListener;
import dev.weir.cli.verify.DeadLetteredReadings;
import dev.weir.cli.verify.StoredReadings;
import dev.weir.cli.verify.Verifier;
import dev.weir.model.Alert;
import dev.weir.model.Device;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import dev.weir.stack.Pause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is looked at when everything is back and the load is over. Whatever is wrong goes into the
 * journal.
 *
 * @param alerts heard what came over MQTT
 */
record Examination(
    LocalStack stack, LoadRun load, AlertListener alerts, ServiceProbe probe, Journal journal) {

  private static final int SOME = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Accounts for every reading. */
  Accounts ofReadings() throws SQLException, InterruptedException {
    Verifier verifier =
        new Verifier(
            new StoredReadings(stack.jdbcUrl()),
            Optional.of(new DeadLetteredReadings(stack.bootstrapServers())));
    Accounts accounts = verifier.accounts(load.ledger(), PATIENCE);
    none(
        accounts.outcome().missing(),
        "acknowledged readings are missing, such as " + some(accounts.missing()));
    none(accounts.outcome().duplicated(), "readings stand in the table twice");
    none(accounts.inBoth(), "readings are both in the table and dead-lettered");
    none(accounts.goodDeadLettered(), "good readings were dead-lettered");
    none(accounts.poisonStored(), "bad readings stand in the table");
    if (accounts.outcome().acknowledged() == 0) {
      journal.violation("nothing was acknowledged, so that nothing is proven");
    }
    return accounts;
  }

  /** The first few, as a person would look for them. */
  private String some(Map<Device, BitSet> readings) {
    return readings.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .mapToObj(
                        index ->
                            entry.getKey().key()
                                + " sequence_id "
                                + (load.ledger().firstSequenceId() + index)))
        .limit(SOME)
        .collect(Collectors.joining(", "));
  }

  private void none(long number, String what) {
    if (number > 0) {
      journal.violation(number + " " + what);
    }
  }

  /** Compares the alerts in Kafka and on MQTT with the devices' excursions; answers how many. */
  long ofAlerts() throws InterruptedException {
    try (GroupLag lag = new GroupLag(stack.bootstrapServers())) {
      lag.awaitNone(new AlertLog(List.of(), Map.of()), PATIENCE);
      AlertLog log = AlertLog.read(stack.bootstrapServers());
      lag.awaitNone(log, PATIENCE).forEach(journal::violation);
      awaitMqtt(log.alerts());
      new AlertOracle(load.excursions(), this::acknowledged, alerts::hasSeen)
          .violations(log.alerts())
          .forEach(journal::violation);
      return log.alerts().size();
    }
  }

  /** The last ones may still be on their way from the broker. */
  private void awaitMqtt(List<Alert> log) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!log.stream().allMatch(alerts::hasSeen) && System.nanoTime() < deadline) {
      Pause.of(Duration.ofMillis(200));
    }
  }

  private boolean acknowledged(Excursion excursion) {
    Ledger ledger = load.ledger();
    BitSet ids = ledger.acknowledgedBy(excursion.device());
    int first = ids.nextSetBit(ledger.index(excursion.first()));
    return first >= 0 && first <= ledger.index(excursion.last());
  }

  /** Checks that the services' own counters add up. */
  void ofMetrics() throws InterruptedException {
    for (Component bridge : stack.bridges()) {
      probe
          .metrics(bridge)
          .ifPresentOrElse(
              metrics -> Balance.ofBridge(bridge.name(), metrics).forEach(journal::violation),
              () -> journal.violation(bridge + " tells no metrics"));
    }
    probe
        .metrics(stack.alerts())
        .ifPresentOrElse(
            metrics -> Balance.ofAlerts(metrics).forEach(journal::violation),
            () -> journal.violation("alerts tells no metrics"));
  }
}
