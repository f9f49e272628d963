package dev.weir.cli;

import dev.weir.cli.load.LoadException;
import dev.weir.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code weir} command. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Device telemetry from MQTT through Kafka into TimescaleDB, without loss.",
    subcommands = {
      UpCommand.class,
      LoadCommand.class,
      ProveCommand.class,
      ConnectorsCommand.class,
      KafkaSetupCommand.class,
      DlqCommand.class,
      RulesCommand.class,
      DoctorCommand.class
    })
public final class WeirMain {

  private WeirMain() {}

  /** Runs the command and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs the command; what it returns is an {@link ExitCode}. */
  static int execute(String... args) {
    CommandLine command = commandLine();
    if (args.length == 0) {
      command.usage(command.getErr());
      return ExitCode.USAGE;
    }
    List<String> problems = problems(args);
    if (!problems.isEmpty()) {
      return refuse(command.getErr(), problems);
    }
    return command
        .setExecutionExceptionHandler(WeirMain::explain)
        .setParameterExceptionHandler(
            (wrong, unused) -> refuse(command.getErr(), List.of(inWords(wrong))))
        .execute(args);
  }

  private static CommandLine commandLine() {
    return new CommandLine(new WeirMain())
        .registerConverter(Duration.class, new DurationConverter());
  }

  /** Everything that is wrong with the arguments by themselves, not only the first. */
  private static List<String> problems(String... args) {
    CommandLine command = commandLine();
    collectErrors(command);
    List<String> problems = new ArrayList<>();
    try {
      for (ParseResult parsed = command.parseArgs(args);
          parsed != null;
          parsed = parsed.hasSubcommand() ? parsed.subcommand() : null) {
        parsed.errors().forEach(error -> problems.add(inWords(error)));
      }
    } catch (ParameterException e) {
      problems.add(inWords(e));
    }
    return problems;
  }

  private static String inWords(Exception problem) {
    List<String> similar =
        problem instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return similar.isEmpty()
        ? String.valueOf(problem.getMessage())
        : problem.getMessage() + "; did you mean " + String.join(" or ", similar) + "?";
  }

  private static void collectErrors(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
    command.getSubcommands().values().forEach(WeirMain::collectErrors);
  }

  private static int refuse(PrintWriter err, List<String> problems) {
    problems.forEach(problem -> err.println("weir: " + problem));
    err.println("All options are shown by --help.");
    err.flush();
    return ExitCode.USAGE;
  }

  /** A person gets a sentence; the stack trace is for those who ask for it. */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean expected =
        failure instanceof StackException
            || failure instanceof LoadException
            || failure instanceof IOException
            || failure instanceof SQLException;
    err.println(
        "weir: " + (expected || failure.getMessage() != null ? failure.getMessage() : failure));
    if (!expected || System.getenv("WEIR_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    boolean started = !(failure instanceof StackException || failure instanceof LoadException);
    return started ? ExitCode.FAILED : ExitCode.NOT_STARTED;
  }
}
