package dev.weir.cli;

import dev.weir.cli.load.LoadException;
import dev.weir.stack.StackException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code weir} command. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Device telemetry from MQTT through Kafka into TimescaleDB, without loss.",
    subcommands = {UpCommand.class, LoadCommand.class, ConnectorsCommand.class})
public final class WeirMain {

  private WeirMain() {}

  /** Runs the command and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs the command; what it returns is an {@link ExitCode}. */
  static int execute(String... args) {
    return new CommandLine(new WeirMain())
        .registerConverter(Duration.class, new DurationConverter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(WeirMain::explain)
        .execute(args);
  }

  /** A person gets a sentence; the stack trace is for those who ask for it. */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean expected =
        failure instanceof StackException
            || failure instanceof LoadException
            || failure instanceof SQLException;
    err.println(
        "weir: " + (expected || failure.getMessage() != null ? failure.getMessage() : failure));
    if (!expected || System.getenv("WEIR_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof StackException ? ExitCode.NOT_STARTED : ExitCode.FAILED;
  }
}
