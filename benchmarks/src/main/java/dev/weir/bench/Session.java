package dev.weir.bench;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Falls;
import dev.weir.bench.frame.Page;
import dev.weir.bench.frame.Report;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Rounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs benchmarks one after the other, keeps their reports and says what has become worse. One that
 * fails does not keep the others from running. One thread.
 *
 * @param work where each benchmark gets a folder for its data
 * @param kept where reports are kept; empty where none are, as in a smoke run
 */
record Session(Path work, Optional<Path> kept, int rounds, boolean smoke, PrintWriter out) {

  private static final Duration LIMIT = Duration.ofMinutes(6);

  /** Runs them; answers the names of those that failed. */
  List<String> run(List<Benchmark> benchmarks) throws IOException, InterruptedException {
    List<String> failed = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Optional<String> missing = benchmark.missing();
      if (missing.isPresent()) {
        say("%s: left out, %s".formatted(benchmark.name(), missing.get()));
      } else if (!succeeds(benchmark)) {
        failed.add(benchmark.name());
      }
    }
    return failed;
  }

  private boolean succeeds(Benchmark benchmark) throws IOException, InterruptedException {
    say("%s: %s".formatted(benchmark.name(), benchmark.summary()));
    benchmark.leftOut().forEach(each -> say("  left out, " + each));
    try {
      keep(measure(benchmark));
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Path log = Failure.write(e, Files.createDirectories(work.resolve(benchmark.name())));
      say("%s: FAILED: %s (details in %s)".formatted(benchmark.name(), Failure.sentence(e), log));
      return false;
    }
  }

  private Report measure(Benchmark benchmark) throws Exception {
    Instant began = Instant.now();
    Path folder = empty(work.resolve(benchmark.name()));
    int count = smoke ? 1 : Math.min(rounds, benchmark.mostRounds());
    int warmUps = smoke ? 0 : benchmark.warmUps();
    Rounds turns = new Rounds(count, LIMIT, warmUps, line -> say("  " + line));
    try (Rig rig = benchmark.open(new Conditions(folder, smoke))) {
      return Report.of(benchmark, rig.settings(), turns.run(rig.variants()), began);
    }
  }

  private void keep(Report report) throws IOException {
    if (kept.isPresent()) {
      Optional<Report> before = Report.read(kept.get(), report.name());
      report.write(kept.get());
      Page.write(kept.get());
      before.stream()
          .flatMap(old -> Falls.between(old, report).stream())
          .forEach(
              fall ->
                  say("!!! WORSE by more than %.0f %%: %s".formatted(100 * Falls.MARGIN, fall)));
    }
    say(smoke ? report.name() + ": runs" : Page.section(report));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static Path empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
