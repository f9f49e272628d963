package dev.weir.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Works with the dead letters: what could not be stored, and is kept until a person has decided.
 */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Look at the dead letters, replay what has been mended, drop the rest.",
    subcommands = {
      DlqListCommand.class,
      DlqShowCommand.class,
      DlqReplayCommand.class,
      DlqDropCommand.class
    })
final class DlqCommand implements Runnable {

  @Spec private @Nullable CommandSpec command;

  @Override
  public void run() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    throw new ParameterException(
        command.commandLine(), "name what to do: list, show, replay or drop");
  }
}
