package dev.weir.cli;

import dev.weir.stack.ConnectRest;
import dev.weir.stack.ConnectorStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Operates connectors through the plain Connect REST API. */
@Command(
    name = "connectors",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Operate the connectors, through the Kafka Connect REST API.")
final class ConnectorsCommand implements Runnable {

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      defaultValue = "${env:WEIR_CONNECT_URL:-http://127.0.0.1:8083}",
      scope = ScopeType.INHERIT,
      description =
          "The Connect REST API (default: the environment's WEIR_CONNECT_URL, else"
              + " http://127.0.0.1:8083).")
  private URI connect = URI.create("http://127.0.0.1:8083");

  @Option(
      names = "--auth",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "${env:WEIR_CONNECT_AUTH}",
      scope = ScopeType.INHERIT,
      description = "Who asks (default: the environment's WEIR_CONNECT_AUTH, else nobody).")
  private @Nullable String credentials;

  @Override
  public void run() {
    throw new ParameterException(spec().commandLine(), "name what to do: status, apply, …");
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return command;
  }

  private ConnectRest rest() {
    return new ConnectRest(connect, credentials == null ? "" : credentials);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  /** The connectors named, or all; picocli gives null where none is named. */
  private List<String> names(@Nullable List<String> given)
      throws IOException, InterruptedException {
    return given == null ? rest().list() : given;
  }

  @Command(name = "status", description = "Show each connector, its tasks and why one failed.")
  int status(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Default: all.")
          @Nullable List<String> connectors)
      throws IOException, InterruptedException {
    boolean healthy = true;
    for (String name : names(connectors)) {
      ConnectorStatus status = ConnectorStatus.of(rest().status(name));
      out().printf(Locale.ROOT, "%s %s%n", name, status.state());
      for (ConnectorStatus.Task task : status.tasks()) {
        out().printf(Locale.ROOT, "  task %d %s %s%n", task.id(), task.state(), task.worker());
        if (!task.trace().isEmpty()) {
          out().println("    " + task.trace().lines().findFirst().orElse(""));
        }
      }
      healthy &= status.isRunning();
    }
    out().flush();
    return healthy ? ExitCode.OK : ExitCode.FAILED;
  }

  @Command(
      name = "apply",
      description =
          "Create or update connectors from JSON files, each named after its connector; one that is"
              + " so already is left alone.")
  int apply(
      @Parameters(
              arity = "1..*",
              paramLabel = "FILE",
              description = "NAME.json, or a folder of them")
          List<Path> files,
      @Option(
              names = "--wait",
              paramLabel = "TIME",
              description = "Wait so long until each runs; one that has failed ends the wait.")
          @Nullable Duration wait)
      throws IOException, InterruptedException {
    Map<String, Path> connectors = new TreeMap<>();
    for (Path file : files) {
      for (Path json : jsonFiles(file)) {
        connectors.put(json.getFileName().toString().replaceFirst("\\.json$", ""), json);
      }
    }
    for (var connector : connectors.entrySet()) {
      boolean changed =
          rest().applyIfChanged(connector.getKey(), Files.readString(connector.getValue()));
      out().println(connector.getKey() + (changed ? " applied" : " unchanged"));
    }
    out().flush();
    if (wait != null) {
      for (String name : connectors.keySet()) {
        out().println(name + " " + awaitRunning(name, wait));
      }
      out().flush();
    }
    return ExitCode.OK;
  }

  /** One that somebody has paused or stopped stays so, and is not waited for. */
  private String awaitRunning(String name, Duration limit)
      throws IOException, InterruptedException {
    if (rest().isHalted(name)) {
      return "left as it is, paused or stopped; `weir connectors resume " + name + "` ends that";
    }
    rest().awaitRunning(name, limit);
    return "running";
  }

  private List<Path> jsonFiles(Path given) throws IOException {
    if (!Files.isReadable(given)) {
      throw new ParameterException(spec().commandLine(), "cannot read " + given);
    }
    if (!Files.isDirectory(given)) {
      return List.of(given);
    }
    try (Stream<Path> inside = Files.list(given)) {
      return inside.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Command(name = "pause", description = "Stop consuming, keeping tasks and offsets.")
  int pause(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Default: all.")
          @Nullable List<String> connectors)
      throws IOException, InterruptedException {
    return each(connectors, rest()::pause, "paused");
  }

  @Command(name = "resume", description = "Consume again.")
  int resume(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Default: all.")
          @Nullable List<String> connectors)
      throws IOException, InterruptedException {
    return each(connectors, rest()::resume, "resumed");
  }

  @Command(name = "restart", description = "Restart the connector and its tasks.")
  int restart(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Default: all.")
          @Nullable List<String> connectors)
      throws IOException, InterruptedException {
    return each(connectors, rest()::restart, "restarted");
  }

  /** What is done to one connector. */
  @FunctionalInterface
  private interface Action {
    void on(String connector) throws IOException, InterruptedException;
  }

  private int each(@Nullable List<String> connectors, Action action, String done)
      throws IOException, InterruptedException {
    for (String name : names(connectors)) {
      action.on(name);
      out().println(name + " " + done);
    }
    out().flush();
    return ExitCode.OK;
  }
}
