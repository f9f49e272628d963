package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AlertRule.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetCodecTest {

  private static final String HOT =
      "\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":30,\"clear\":25";

  @Test
  void readsARuleWithEverything() {
    assertThat(
            rules(
                "{\"rules\":[{"
                    + HOT
                    + ",\"for\":\"5m\",\"severity\":\"critical\",\"message\":\"{value} is hot\","
                    + "\"enabled\":true}]}"))
        .isEqualTo(
            RuleSet.of(
                List.of(
                    new AlertRule(
                        "hot",
                        Kind.HIGH,
                        "temperature",
                        30,
                        25,
                        null,
                        Duration.ofMinutes(5),
                        Severity.CRITICAL,
                        "{value} is hot"))));
  }

  @Test
  void readsWhatIsLeftOut() {
    AlertRule rule = rule("\"id\":\"r\",\"kind\":\"LOW\",\"metric\":\"/a/b~1c/0\",\"raise\":3");
    assertThat(rule.clear()).isEqualTo(3);
    assertThat(rule.span()).isZero();
    assertThat(rule.severity()).isEqualTo(Severity.WARNING);
    assertThat(rule.message()).isNull();
  }

  @Test
  void readsEveryKind() {
    assertThat(rule("\"id\":\"r\",\"kind\":\"SILENT\",\"for\":\"30s\"").span())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(rule("\"id\":\"r\",\"kind\":\"RATE\",\"metric\":\"t\",\"raise\":2").span())
        .isEqualTo(AlertRule.DEFAULT_RATE_SPAN);
    String equals = "\"id\":\"r\",\"kind\":\"EQUALS\",\"metric\":\"door\",\"raise\":";
    assertThat(rule(equals + "\"open\"").expected()).isEqualTo(new Scalar(JsonType.STRING, "open"));
    assertThat(rule(equals + "true").expected()).isEqualTo(new Scalar(JsonType.BOOLEAN, "true"));
    assertThat(rule(equals + "-1.5").expected()).isEqualTo(new Scalar(JsonType.DECIMAL, "-1.5"));
  }

  @Test
  void readsNoRules() {
    assertThat(rules("{\"rules\":[ ]}")).isEqualTo(RuleSet.EMPTY);
  }

  @Test
  void readsWhatIsSwitchedOff() {
    assertThat(
            rules("{\"rules\":[{\"id\":\"a\",\"enabled\":false},{" + HOT + ",\"enabled\":false}]}"))
        .isEqualTo(new RuleSet(List.of(), Set.of("a", "hot")));
  }

  @Test
  void readsTheDevice() {
    assertThat(RuleSetCodec.decode(Samples.utf8("{\"device_id\":\"d1\",\"rules\":[]}")))
        .isEqualTo(new RuleSetCodec.Accepted(RuleSet.EMPTY, "d1"));
  }

  @Test
  void readsTheSeedsLevels() {
    assertThat(rules("{\"temperature_max\": 30.0, \"battery_min\": 20}").rules())
        .containsExactly(
            new AlertRule("high_temperature", Kind.HIGH, "temperature", 30, 27, Severity.WARNING),
            new AlertRule("low_battery", Kind.LOW, "battery", 20, 22, Severity.WARNING));
  }

  @Test
  void readsTheSeedsComparisons() {
    List<AlertRule> rules =
        rules(
                """
                {"rules":[
                  {"key":"temperature","operator":">","threshold":40,"message":"too hot"},
                  {"key":"temperature","operator":">=","threshold":-10},
                  {"key":"battery","operator":"<","threshold":10,"severity":"CRITICAL"},
                  {"key":"door","operator":"==","threshold":"open"}]}
                """)
            .rules();
    assertThat(rules)
        .extracting(AlertRule::id)
        .containsExactly("high_temperature", "high_temperature_2", "low_battery", "equals_door");
    assertThat(rules).extracting(AlertRule::raise).containsExactly(40.0, -10.0, 10.0, 0.0);
    assertThat(rules).extracting(AlertRule::clear).containsExactly(36.0, -11.0, 11.0, 0.0);
    assertThat(rules.get(0).message()).isEqualTo("too hot");
    assertThat(rules.get(2).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(rules.get(3).expected()).isEqualTo(new Scalar(JsonType.STRING, "open"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|the payload is empty",
        "[]|a JSON object is expected",
        "{|the JSON is cut off",
        "{}|rules: missing",
        "{\"rule\":[]}|rule: unknown field",
        "{\"rules\":{}}|rules: must be an array",
        "{\"rules\":[],\"more\":1}|more: unknown field",
        "{\"rules\":[],\"rules\":[]}|rules: the name stands twice",
        "{\"device_id\":5,\"rules\":[]}|device_id: must be a string",
        "{\"rules\":[5]}|rules[0]: found '5'",
        "{\"rules\":[{}]}|rules[0].id: missing",
        "{\"rules\":[{\"id\":\"a b\"}]}|rules[0].id: must be 1 to 64",
        "{\"rules\":[{\"id\":\"a\"}]}|rules[0].kind: missing",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"UP\"}]}|rules[0].kind: must be one of HIGH, LOW, RATE",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"HIGH\",\"raise\":1}]}|rules[0].metric: missing",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"HIGH\",\"metric\":\"m\"}]}|rules[0].raise: missing",
        "{\"rules\":[{\"id\":\"a\",\"enabled\":\"no\"}]}|rules[0].enabled: must be true or false",
        "{\"rules\":[{HOT,\"clear\":31}]}|rules: within it, the name 'clear' stands twice",
        "{\"rules\":[{HOT},{HOT}]}|rules[1].id: stands twice: hot",
        "{\"rules\":[{HOT,\"for\":\"soon\"}]}|rules[0].for: must be a duration from 0s to 30d",
        "{\"rules\":[{HOT,\"for\":5}]}|rules[0].for: must be a string",
        "{\"rules\":[{HOT,\"for\":\"31d\"}]}|rules[0].for: must be a duration",
        "{\"rules\":[{HOT,\"severity\":\"BAD\"}]}|rules[0].severity: must be one of INFO",
        "{\"rules\":[{HOT,\"message\":\"{v}\"}]}|rules[0].message: {v} is not known",
        "{\"rules\":[{HOT,\"message\":\"\"}]}|rules[0].message: must have 1 to 500",
        "{\"rules\":[{HOT,\"threshold\":1}]}|rules[0].threshold: unknown field",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"SILENT\"}]}|rules[0].for: missing",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"SILENT\",\"for\":\"9999ms\"}]}|rules[0].for: must be a duration from 10s",
        "{\"rules\":[{\"id\":\"a\",\"kind\":\"SILENT\",\"for\":\"15s\",\"raise\":1}]}"
            + "|rules[0].raise: not allowed",
        "{\"rules\":[{\"key\":\"t\",\"operator\":\"!=\",\"threshold\":1}]}|rules[0].operator",
        "{\"rules\":[{\"key\":\"t\",\"operator\":\">\"}]}|rules[0].threshold: missing",
        "{\"rules\":[{\"key\":\"t\",\"operator\":\">\",\"threshold\":\"x\"}]}"
            + "|rules[0].threshold: must be a number",
        "{\"temperature_max\":\"hot\"}|temperature_max: must be a number",
        "{\"temperature_max\":1e999}|temperature_max: must be a number",
        "{\"temperature\":30}|temperature: unknown field",
      })
  void saysWhatIsWrongAndWhere(String json, String problem) {
    String document = json == null ? "" : json.replace("HOT", HOT);
    assertThat(String.join("\n", problems(document))).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HIGH|30|31|rules[0].clear: must be at most raise (30.0)",
        "LOW|30|29|rules[0].clear: must be at least raise (30.0)",
        "RATE|30|-1|rules[0].clear: must be at least 0",
        "RATE|-1|-1|rules[0].raise: must be above 0",
        "EQUALS|30|3|rules[0].clear: not allowed for EQUALS",
        "EQUALS|{}|null|rules[0].raise: must be a string, a boolean or a number",
      })
  void saysWhichLevelIsWrong(Kind kind, String raise, String clear, String problem) {
    String rule =
        "{\"id\":\"a\",\"metric\":\"m\",\"kind\":\"%s\",\"raise\":%s,\"clear\":%s}"
            .formatted(kind, raise, clear);
    assertThat(problems("{\"rules\":[" + rule + "]}")).first().asString().startsWith(problem);
  }

  @Test
  void saysEverythingAtOnceButNotWithoutEnd() {
    assertThat(problems("{\"rules\":[{},{\"id\":\"a\",\"kind\":\"HIGH\"}]}"))
        .containsExactly(
            "rules[0].id: missing, but required",
            "rules[0].kind: missing, but required",
            "rules[1].metric: missing, but required",
            "rules[1].raise: missing, but required");
    assertThat(problems("{\"rules\":[" + "{},".repeat(90) + "{}]}"))
        .hasSize(Problems.MOST + 1)
        .last()
        .isEqualTo("and more");
  }

  @Test
  void isBounded() {
    assertThat(problems("{\"rules\":[" + "5,".repeat(RuleSetCodec.MAX_RULES) + "5]}"))
        .singleElement()
        .asString()
        .contains("too many");
    assertThat(problems(" ".repeat(70_000) + "{}")).singleElement().asString().contains("65536");
    assertThat(problems("{\"rules\":[{\"id\":[[[[1]]]]}]}"))
        .singleElement()
        .asString()
        .contains("nested too deep");
  }

  @Test
  void answersToWhateverBytes() {
    long seed = 7;
    Random random = new Random(seed);
    String document = "{\"rules\":[{" + HOT + ",\"for\":\"5m\"},{\"id\":\"a\",\"enabled\":false}]}";
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Samples.utf8(document);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(RuleSetCodec.decode(bytes)).as("seed %d", seed).isNotNull();
    }
  }

  @Test
  void readsBackWhatItWrote() {
    RuleSet set =
        new RuleSet(
            rules(
                    """
                    {"rules":[
                      {"id":"a","kind":"HIGH","metric":"t","raise":1.5,"for":"90s","message":"{value}!"},
                      {"id":"b","kind":"LOW","metric":"/x/y","raise":1,"clear":1e9,"severity":"INFO"},
                      {"id":"c","kind":"RATE","metric":"t","raise":0.1,"for":"1500ms"},
                      {"id":"d","kind":"SILENT","for":"2h"},
                      {"id":"e","kind":"EQUALS","metric":"m","raise":"a \\"quoted\\" text"},
                      {"id":"f","kind":"EQUALS","metric":"m","raise":1.50},
                      {"id":"g","kind":"EQUALS","metric":"m","raise":false}]}
                    """)
                .rules(),
            Set.of("off"));
    assertThat(RuleSetCodec.decode(RuleSetCodec.encode(set)))
        .isEqualTo(new RuleSetCodec.Accepted(set, null));
  }

  @Test
  void theNarrowestScopeDecides() {
    RuleSet wide = rules("{\"rules\":[{" + HOT + "},{" + HOT.replace("hot", "b") + "}]}");
    RuleSet user =
        rules("{\"rules\":[{" + HOT.replace("30", "40") + "},{\"id\":\"b\",\"enabled\":false}]}");
    RuleSet device = rules("{\"rules\":[{" + HOT.replace("hot", "b") + "}]}");
    assertThat(RuleSet.merged(List.of(wide, user))).isEqualTo(user.rules());
    assertThat(RuleSet.merged(List.of(wide, user, device)))
        .extracting(AlertRule::id)
        .containsExactly("b", "hot");
    assertThat(RuleSet.merged(List.of(wide, RuleSet.EMPTY))).hasSize(2);
  }

  private static AlertRule rule(String fields) {
    return rules("{\"rules\":[{" + fields + "}]}").rules().get(0);
  }

  private static RuleSet rules(String json) {
    RuleSetCodec.Result result = RuleSetCodec.decode(Samples.utf8(json));
    assertThat(result).isInstanceOf(RuleSetCodec.Accepted.class);
    return ((RuleSetCodec.Accepted) result).rules();
  }

  private static List<String> problems(String json) {
    RuleSetCodec.Result result = RuleSetCodec.decode(Samples.utf8(json));
    assertThat(result).isInstanceOf(RuleSetCodec.Refused.class);
    return ((RuleSetCodec.Refused) result).problems();
  }
}
