package dev.weir.cli;

import dev.weir.cli.load.LoadException;
import dev.weir.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command of Weir's is run: all that is wrong is said at once, in sentences. */
public final class Execution {

  private Execution() {}

  /**
   * Runs a picocli command; what it returns is an {@link ExitCode}.
   *
   * @param command makes the annotated command; called twice, once only to look at the arguments
   */
  public static int of(Supplier<?> command, String... args) {
    CommandLine line = commandLine(command.get());
    List<String> problems = problems(commandLine(command.get()), args);
    if (!problems.isEmpty()) {
      return refuse(line.getErr(), problems);
    }
    return line.setExecutionExceptionHandler(Execution::explain)
        .setParameterExceptionHandler(
            (wrong, unused) -> refuse(line.getErr(), List.of(inWords(wrong))))
        .execute(args);
  }

  /** Says on standard error how the command is used. */
  static void usage(Object command) {
    CommandLine line = commandLine(command);
    line.usage(line.getErr());
  }

  private static CommandLine commandLine(Object command) {
    return new CommandLine(command).registerConverter(Duration.class, new DurationConverter());
  }

  /** Everything that is wrong with the arguments by themselves, not only the first. */
  private static List<String> problems(CommandLine command, String... args) {
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
    command.getSubcommands().values().forEach(Execution::collectErrors);
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
