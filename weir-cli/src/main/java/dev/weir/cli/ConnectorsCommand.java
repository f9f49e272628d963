package dev.weir.cli;

import dev.weir.stack.ConnectRest;
import dev.weir.stack.ConnectorStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
      defaultValue = "http://127.0.0.1:8083",
      scope = ScopeType.INHERIT,
      description = "The Connect REST API (default: ${DEFAULT-VALUE}).")
  private URI connect = URI.create("http://127.0.0.1:8083");

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
    return new ConnectRest(connect);
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
      description = "Create or update connectors from JSON files, each named after its connector.")
  int apply(
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "NAME.json") List<Path> files)
      throws IOException, InterruptedException {
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new ParameterException(spec().commandLine(), "cannot read " + file);
      }
      String name = file.getFileName().toString().replaceFirst("\\.json$", "");
      rest().apply(name, Files.readString(file));
      out().println(name + " applied");
    }
    out().flush();
    return ExitCode.OK;
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
