package dev.weir.cli;

import dev.weir.cli.dlq.LetterPage;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.LetterFilter;
import dev.weir.deadletters.QueueView;
import dev.weir.model.RecordPosition;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Shows dead letters with all that is known of them. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show dead letters: the newest, or those named.")
final class DlqShowCommand extends DlqAction {

  private static final int MOST = 1_000;

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Letters to show, as telemetry.dlq-1@17; also such as are settled already.")
  private List<String> named = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many of the newest (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--raw",
      description = "Write the bytes of one letter as they are, and nothing else.")
  private boolean raw;

  @Override
  int act(DlqOptions options) {
    LetterFilter filter = options.filter();
    List<RecordPosition> ids = new ArrayList<>(filter.ids());
    for (String name : named) {
      ids.add(
          RecordPosition.parse(name)
              .orElseThrow(() -> wrong("'" + name + "' is not written like telemetry.dlq-1@17")));
    }
    if (limit < 1 || limit > MOST) {
      throw wrong("--limit must be from 1 to " + MOST + ", not " + limit);
    }
    if (raw && (ids.size() > 1 || limit > 1)) {
      throw wrong("--raw writes one letter; name one");
    }
    try (QueueView queue = QueueView.open(options.kafka())) {
      begun();
      List<Letter> letters = ids.isEmpty() ? newest(queue, filter) : find(queue, ids);
      for (int i = 0; i < letters.size(); i++) {
        if (raw) {
          write(letters.get(i));
        } else {
          out().print(i == 0 ? "" : System.lineSeparator());
          new LetterPage(out(), Instant.now())
              .print(letters.get(i), queue.standing(letters.get(i)));
        }
      }
      if (letters.isEmpty() && ids.isEmpty()) {
        command().commandLine().getErr().println("weir: no dead letter matches");
      }
      return letters.isEmpty() || letters.size() < ids.size() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private List<Letter> newest(QueueView queue, LetterFilter filter) {
    PriorityQueue<Letter> newest = new PriorityQueue<>(Comparator.comparing(Letter::time));
    queue.each(
        letter -> {
          if (filter.matches(letter)) {
            newest.add(letter);
            if (newest.size() > limit) {
              newest.remove();
            }
          }
          return true;
        });
    return newest.stream().sorted(Comparator.comparing(Letter::time).reversed()).toList();
  }

  private List<Letter> find(QueueView queue, List<RecordPosition> ids) {
    List<Letter> found = new ArrayList<>();
    for (RecordPosition id : ids) {
      queue
          .find(id)
          .ifPresentOrElse(
              found::add,
              () -> command().commandLine().getErr().println("weir: there is no letter " + id));
    }
    command().commandLine().getErr().flush();
    return found;
  }

  private static void write(Letter letter) {
    byte[] value = letter.value();
    PrintStream bytes = System.out;
    if (value != null) {
      bytes.write(value, 0, value.length);
    }
    bytes.flush();
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(command().commandLine(), problem);
  }
}
