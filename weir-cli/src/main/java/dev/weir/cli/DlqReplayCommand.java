package dev.weir.cli;

import dev.weir.cli.dlq.SettlementReport;
import dev.weir.cli.dlq.Words;
import dev.weir.deadletters.Decision;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.LetterFilter;
import dev.weir.deadletters.QueueView;
import dev.weir.deadletters.SettlementWriter;
import dev.weir.deadletters.Settler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts dead letters back where they came from, once what refused them has been mended. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put dead letters back into the topic they came from, once the fault is mended.",
      "May be stopped and begun again: it goes on where it stopped, and what was replayed is not"
          + " replayed again. What is refused again is a new dead letter."
    })
final class DlqReplayCommand extends DlqAction {

  @Option(names = "--dry-run", description = "Say what would be replayed, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      defaultValue = "1000000/s",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      converter = RateConverter.class,
      description = "The most letters per second (default: as fast as Kafka takes them).")
  private double rate;

  @Override
  int act(DlqOptions options) {
    LetterFilter filter = options.filter();
    KafkaAccess kafka = options.kafka();
    if (dryRun) {
      try (QueueView queue = QueueView.open(kafka)) {
        begun();
        return plan(settler(queue, filter), new SettlementReport(out()), "would be");
      }
    }
    try (SettlementWriter writer = SettlementWriter.open(kafka);
        QueueView queue = QueueView.open(kafka);
        StopRequest stop = StopRequest.onSignal()) {
      begun();
      Settler settler = settler(queue, filter);
      stop.onRequest(settler::stop);
      return stop.exitCode(replay(settler, writer));
    }
  }

  private static Settler settler(QueueView queue, LetterFilter filter) {
    return new Settler(queue, filter, Decision.replayInto(queue.topics()));
  }

  private int plan(Settler settler, SettlementReport report, String verb) {
    Settler.Plan plan = settler.plan(report);
    out()
        .printf(
            "%s %s replayed, %s have to stay%n",
            Words.count(plan.letters(), "dead letter"), verb, Words.number(report.leftCount()));
    return exitCode(plan.letters(), report.leftCount());
  }

  private int replay(Settler settler, SettlementWriter writer) {
    SettlementReport report = new SettlementReport(out());
    Settler.Plan plan = settler.plan(report);
    report.total(plan.letters());
    if (plan.letters() > 0) {
      settler.settle(writer, rate, report);
    }
    out()
        .printf(
            "%s replayed, %s left%s%n",
            Words.count(report.settledCount(), "dead letter"),
            Words.number(report.leftCount()),
            settler.isStopped()
                ? "; stopped on request: the same command goes on with the rest"
                : "");
    return exitCode(report.settledCount(), report.leftCount());
  }

  /** Failed is only who meant letters of which none can be replayed. */
  private static int exitCode(long replayed, long left) {
    return replayed == 0 && left > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
