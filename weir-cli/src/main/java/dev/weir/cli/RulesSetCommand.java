package dev.weir.cli;

import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.RuleSetCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets the rules of a scope, in place of those that it had. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Set the rules of a scope, in place of those that it had.",
      "They are checked first; nothing is written if anything is wrong with them."
    })
final class RulesSetCommand extends RulesAction {

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      converter = RuleScopeConverter.class,
      description = "For whom: default (all devices), USER or USER/DEVICE.")
  private @Nullable RuleScope scope;

  @Parameters(paramLabel = "FILE", description = "The rules as JSON; - for standard input.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    if (scope == null || file == null) {
      throw new IllegalStateException("run by picocli only");
    }
    RuleSetCodec.Accepted accepted = rules(file);
    String device = accepted.deviceId();
    if (device != null && !scope.key().endsWith("/" + device)) {
      throw wrong(
          List.of(
              "%s: device_id: '%s' is not the device of --scope %s"
                  .formatted(file, device, scope)));
    }
    RuleSet rules = accepted.rules();
    topic().write(scope.key(), rules.equals(RuleSet.EMPTY) ? null : RuleSetCodec.encode(rules));
    out()
        .printf(
            "%s: %d %s set%n",
            scope, rules.ids().size(), rules.ids().size() == 1 ? "rule" : "rules");
    out().flush();
    return ExitCode.OK;
  }
}
