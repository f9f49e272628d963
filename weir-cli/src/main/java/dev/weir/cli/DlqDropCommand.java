package dev.weir.cli;

import dev.weir.cli.dlq.SettlementReport;
import dev.weir.cli.dlq.Words;
import dev.weir.deadletters.Decision;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.QueueView;
import dev.weir.deadletters.SettlementWriter;
import dev.weir.deadletters.Settler;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes dead letters out of the queue for good. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take dead letters out of the queue for good; asks first.",
      "Prints each, and writes it down in the topic telemetry.dlq.settled. The bytes stay in Kafka"
          + " until the retention of their topic ends."
    })
final class DlqDropCommand extends DlqAction {

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Say how many would be dropped, and change nothing.")
  private boolean dryRun;

  @Override
  int act(DlqOptions options) {
    KafkaAccess kafka = options.kafka();
    try (QueueView queue = QueueView.open(kafka)) {
      begun();
      SettlementReport report = new SettlementReport(out());
      Settler settler = new Settler(queue, options.filter(), Decision.DROP);
      Settler.Plan plan = settler.plan(report);
      if (dryRun || plan.letters() == 0) {
        out().printf("%s would be dropped%n", Words.count(plan.letters(), "dead letter"));
        return ExitCode.OK;
      }
      if (yes) {
        return drop(kafka, queue, settler, report);
      }
      return switch (ask(plan)) {
        case YES -> drop(kafka, queue, settler, report);
        case NO -> {
          out().println("Nothing was dropped.");
          yield ExitCode.OK;
        }
        case NOBODY_THERE -> {
          sayYesIsNeeded(plan);
          yield ExitCode.USAGE;
        }
      };
    }
  }

  /** Those that were counted, and no others: a person agreed to that number. */
  private int drop(KafkaAccess kafka, QueueView queue, Settler settler, SettlementReport report) {
    try (SettlementWriter writer = SettlementWriter.open(kafka);
        StopRequest stop = StopRequest.onSignal()) {
      stop.onRequest(settler::stop);
      queue.refreshSettled();
      settler.settle(writer, Double.MAX_VALUE, report);
      out()
          .printf(
              "%s dropped%s%n",
              Words.count(report.settledCount(), "dead letter"),
              settler.isStopped() ? "; stopped on request" : "");
      return stop.exitCode(ExitCode.OK);
    }
  }

  /** What a person said. */
  private enum Answer {
    YES,
    NO,
    NOBODY_THERE
  }

  /** Since Java 22 there is a console without a terminal too; then there is no line to read. */
  @SuppressWarnings("SystemConsoleNull")
  private static Answer ask(Settler.Plan plan) {
    Console console = System.console();
    String line =
        console == null
            ? null
            : console.readLine(
                "Drop %s for good? [y/N] ", Words.count(plan.letters(), "dead letter"));
    if (line == null) {
      return Answer.NOBODY_THERE;
    }
    return line.trim().toLowerCase(Locale.ROOT).matches("y|yes") ? Answer.YES : Answer.NO;
  }

  private void sayYesIsNeeded(Settler.Plan plan) {
    PrintWriter err = command().commandLine().getErr();
    err.printf(
        "weir: this would drop %s; where nobody can be asked, say --yes%n",
        Words.count(plan.letters(), "dead letter"));
    err.flush();
  }
}
