package dev.weir.cli;

import dev.weir.cli.prove.Proof;
import dev.weir.cli.prove.ProofPlan;
import dev.weir.cli.prove.ProofReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks a pipeline of its own at random, and proves that nothing was lost. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Run a pipeline of its own under steady load, kill, hang, restart and cut off every part of"
            + " it at random, let it recover by itself, and account for every acknowledged reading"
            + " and every alert. Exit code 1 if anything was lost, stands twice or needs a person.")
final class ProveCommand implements Callable<Integer> {

  /** Healing, recovery and accounting after Ctrl-C. */
  private static final Duration MAX_END = Duration.ofMinutes(10);

  private static final int MAX_SEED = 1_000_000;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long to inject faults (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofMinutes(10);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides which faults come when (default: a random one, printed).")
  private @Nullable Long seed;

  @Option(
      names = "--bridges",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of bridge replicas, from 1 to 8 (default: ${DEFAULT-VALUE}).")
  private int bridges;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Readings per second over all devices (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where data and logs are kept (default: a temporary folder, removed unless something"
              + " goes wrong).")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    CommandSpec spec = checkedCommand();
    PrintWriter out = spec.commandLine().getOut();
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong(MAX_SEED) : seed;
    Path folder = data == null ? temporary() : data.toAbsolutePath();
    out.printf("prove: seed=%d duration=%ds data=%s%n", chosen, duration.toSeconds(), folder);
    out.flush();
    try (StopRequest stop = StopRequest.onSignal(MAX_END)) {
      Proof proof = new Proof(new ProofPlan(duration, chosen, bridges, rate, folder), out);
      stop.onRequest(proof::stop);
      boolean kept = false;
      try {
        ProofReport report = proof.run();
        report.print(out);
        kept = report.isKept();
      } finally {
        finish(folder, kept, out);
      }
      return stop.exitCode(kept ? ExitCode.OK : ExitCode.FAILED);
    }
  }

  private CommandSpec checkedCommand() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    List<String> problems = new ArrayList<>();
    if (duration.toSeconds() < 1) {
      problems.add("--duration must be at least 1s");
    }
    if (bridges < 1 || bridges > 8) {
      problems.add("--bridges must be from 1 to 8, not " + bridges);
    }
    if (!(rate > 0 && rate <= 1_000_000)) {
      problems.add("--rate must be above 0 and at most 1000000, not " + rate);
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(command.commandLine(), String.join("\n", problems));
    }
    return command;
  }

  private void finish(Path folder, boolean kept, PrintWriter out) throws IOException {
    if (!kept) {
      out.println("The promise was not proven to be kept. Logs: " + folder.resolve("logs"));
      out.flush();
    } else if (data == null) {
      delete(folder);
    }
  }

  private static Path temporary() throws IOException {
    Path folder = Files.createTempDirectory("weir-prove-");
    // PostgreSQL may have to run as another user, who must get to its part of it.
    folder.toFile().setExecutable(true, false);
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
