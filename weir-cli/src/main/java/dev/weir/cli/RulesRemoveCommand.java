package dev.weir.cli;

import dev.weir.cli.rules.RulesTopic;
import dev.weir.model.RuleScope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the rules of a scope. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Remove all rules of a scope, so that those of the wider scopes hold.")
final class RulesRemoveCommand extends RulesAction {

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      converter = RuleScopeConverter.class,
      description = "Whose: default (all devices), USER or USER/DEVICE.")
  private @Nullable RuleScope scope;

  @Override
  public Integer call() throws IOException {
    if (scope == null) {
      throw new IllegalStateException("run by picocli only");
    }
    RulesTopic topic = topic();
    boolean had = topic.read().containsKey(scope.key());
    if (had) {
      topic.write(scope.key(), null);
    }
    out().printf(had ? "%s: its rules are removed%n" : "%s: it has no rules%n", scope);
    out().flush();
    return ExitCode.OK;
  }
}
