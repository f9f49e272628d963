package dev.weir.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with the rules of alerts, which hold from the next reading on. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List, set, remove and try out the rules of alerts; they hold at once.",
    subcommands = {
      RulesListCommand.class,
      RulesSetCommand.class,
      RulesRemoveCommand.class,
      RulesTestCommand.class
    })
final class RulesCommand implements Runnable {

  @Spec private @Nullable CommandSpec command;

  @Override
  public void run() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    throw new ParameterException(
        command.commandLine(), "name what to do: list, set, remove or test");
  }
}
