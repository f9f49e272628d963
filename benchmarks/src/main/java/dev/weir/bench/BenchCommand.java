package dev.weir.bench;

import dev.weir.bench.frame.Benchmark;
import dev.weir.cli.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code weir bench} command. */
@Command(
    name = "weir bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure the parts of the pipeline side by side with their limits and their rivals. Times say"
            + " little on a busy machine; the ratios are what to look at.")
final class BenchCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 100;

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "NAME", description = "Which ones to run (default: all).")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Only say which there are.")
  private boolean list;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each variant is measured, in turn (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--smoke",
      description = "Only show that they run: one short round each, and no report is kept.")
  private boolean smoke;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "${sys:weir.root:-.}/docs/benchmarks",
      description = "Where reports are kept (default: docs/benchmarks in the source tree).")
  private Path out = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      defaultValue = "${sys:weir.root:-.}/target/bench",
      description = "Where servers keep their data meanwhile (default: target/bench there).")
  private Path work = Path.of("");

  @Override
  public Integer call() throws Exception {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    PrintWriter to = command.commandLine().getOut();
    List<Benchmark> chosen = chosen(command);
    if (list) {
      chosen.forEach(each -> to.printf("%-20s %s%n", each.name(), each.summary()));
      to.flush();
      return ExitCode.OK;
    }
    Session session =
        new Session(work, smoke ? Optional.empty() : Optional.of(out), rounds, smoke, to);
    List<String> failed = session.run(chosen);
    if (failed.isEmpty()) {
      return ExitCode.OK;
    }
    to.println("failed: " + String.join(", ", failed));
    to.flush();
    return ExitCode.FAILED;
  }

  private List<Benchmark> chosen(CommandSpec spec) {
    List<String> problems = new ArrayList<>();
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      problems.add("--rounds must be from 1 to %d, not %d".formatted(MOST_ROUNDS, rounds));
    }
    List<Benchmark> chosen = new ArrayList<>();
    for (String name : names) {
      Catalog.find(name)
          .ifPresentOrElse(
              chosen::add,
              () ->
                  problems.add(
                      "there is no benchmark '%s'; there are %s"
                          .formatted(name, String.join(", ", Catalog.names()))));
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    return names.isEmpty() ? Catalog.all() : chosen;
  }
}
