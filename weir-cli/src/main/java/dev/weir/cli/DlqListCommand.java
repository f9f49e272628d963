package dev.weir.cli;

import dev.weir.cli.dlq.Dimension;
import dev.weir.cli.dlq.Summary;
import dev.weir.cli.dlq.SummaryTable;
import dev.weir.deadletters.LetterFilter;
import dev.weir.deadletters.QueueView;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Counts the dead letters. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Count the dead letters: by reason, stage, user, device or hour.")
final class DlqListCommand extends DlqAction {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "reason,stage",
      description =
          "What to count by, several separated by commas: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Dimension> by = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The most rows to print (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  int act(DlqOptions options) {
    LetterFilter filter = options.filter();
    if (limit < 1) {
      throw new ParameterException(
          command().commandLine(), "--limit must be at least 1, not " + limit);
    }
    Summary summary = new Summary(by);
    try (QueueView queue = QueueView.open(options.kafka())) {
      begun();
      queue.each(
          letter -> {
            summary.add(letter, filter.matches(letter));
            return true;
          });
      new SummaryTable(summary, Instant.now())
          .print(out(), !filter.equals(LetterFilter.ALL), queue.isRetried(), limit);
    }
    return ExitCode.OK;
  }
}
