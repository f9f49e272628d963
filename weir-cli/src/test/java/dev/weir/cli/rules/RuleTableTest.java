package dev.weir.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.RuleScope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RuleTableTest {

  private static final String HOT =
      "{\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":%s,\"clear\":20}";

  private static byte[] rules(String... rules) {
    return ("{\"rules\":[" + String.join(",", rules) + "]}").getBytes(UTF_8);
  }

  private static String printed(Consumer<PrintWriter> printing) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    printing.accept(out);
    out.flush();
    return text.toString().replaceAll(" +", " ");
  }

  @Test
  void showsWhatEachScopeSays() {
    RuleTable table =
        new RuleTable(
            Map.of(
                "default",
                rules(HOT.formatted("30")),
                "u1/d1",
                rules(
                    "{\"id\":\"hot\",\"enabled\":false}",
                    "{\"id\":\"gone\",\"kind\":\"SILENT\",\"for\":\"5m\"}")));
    assertThat(printed(table::print))
        .contains("default hot HIGH temperature 30 20 - ")
        .contains("u1/d1 hot off")
        .contains("u1/d1 gone SILENT - - - 5m");
    assertThat(table.problems()).isEmpty();
  }

  @Test
  void showsOfEachRuleTheNarrowestScopes() {
    RuleTable table =
        new RuleTable(
            Map.of(
                "default",
                rules(HOT.formatted("30"), HOT.replace("hot", "other").formatted("60")),
                "u1",
                rules(HOT.formatted("40.5")),
                "u1/d1",
                rules("{\"id\":\"other\",\"enabled\":false}")));
    assertThat(
            printed(
                out ->
                    table.printMerged(
                        out,
                        List.of(RuleScope.DEFAULT, new RuleScope("u1"), new RuleScope("u1/d1")))))
        .contains("u1 hot HIGH temperature 40.5 20")
        .contains("u1/d1 other off")
        .doesNotContain("default");
  }

  @Test
  void tellsOfWhatCannotBeRight() {
    RuleTable table = new RuleTable(Map.of("u1", "nonsense".getBytes(UTF_8), "a/b/c", rules()));
    assertThat(table.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("the rules of u1 are wrong"))
        .anyMatch(problem -> problem.startsWith("'a/b/c' is no scope"));
    assertThat(printed(table::print)).contains("No rules are set");
  }
}
