package dev.weir.cli;

import dev.weir.cli.rules.RuleTable;
import dev.weir.model.RuleScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the rules. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show the rules that are set, scope by scope, or those that hold for a device.")
final class RulesListCommand extends RulesAction {

  @Option(
      names = "--for",
      paramLabel = "SCOPE",
      converter = RuleScopeConverter.class,
      description = "What holds for USER/DEVICE, or for the devices of USER, all scopes together.")
  private @Nullable RuleScope scope;

  @Override
  public Integer call() throws IOException {
    RuleTable table = new RuleTable(topic().read());
    PrintWriter err = command().commandLine().getErr();
    table.problems().forEach(problem -> err.println("weir: " + problem));
    err.flush();
    if (scope == null) {
      table.print(out());
    } else {
      table.printMerged(out(), applying(scope));
    }
    out().flush();
    return table.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<RuleScope> applying(RuleScope narrowest) {
    Set<RuleScope> scopes = new LinkedHashSet<>();
    scopes.add(RuleScope.DEFAULT);
    int slash = narrowest.key().indexOf('/');
    if (slash > 0) {
      RuleScope.ofUser(narrowest.key().substring(0, slash)).ifPresent(scopes::add);
    }
    scopes.add(narrowest);
    return List.copyOf(scopes);
  }
}
