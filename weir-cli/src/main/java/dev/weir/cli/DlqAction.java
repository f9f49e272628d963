package dev.weir.cli;

import dev.weir.deadletters.DeadLettersException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands of {@code dlq} share: their options, and that a failure is one sentence. */
abstract class DlqAction implements Callable<Integer> {

  @Spec private @Nullable CommandSpec command;

  @Mixin private DlqOptions options = new DlqOptions();

  private boolean begun;

  /** Does it; what it returns is an {@link ExitCode}. */
  abstract int act(DlqOptions chosen);

  @Override
  public final Integer call() {
    try {
      return act(options);
    } catch (DeadLettersException e) {
      out().flush();
      PrintWriter err = command().commandLine().getErr();
      err.println("weir: " + e.getMessage());
      if (System.getenv("WEIR_DEBUG") != null) {
        e.printStackTrace(err);
      }
      err.flush();
      return begun ? ExitCode.FAILED : ExitCode.NOT_STARTED;
    } finally {
      out().flush();
    }
  }

  /** Says that Kafka was reached: what fails from here on failed while running. */
  void begun() {
    begun = true;
  }

  final CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return command;
  }

  final PrintWriter out() {
    return command().commandLine().getOut();
  }
}
