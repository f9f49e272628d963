package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.weir.system.BrokerRules.Action;
import dev.weir.system.BrokerRules.Credential;
import dev.weir.system.BrokerRules.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The broker's files decide every request of {@link BrokerRules} as they have to, judged the way
 * EMQX judges them; that EMQX does so itself is a test with containers.
 */
class BrokerRulesTest {

  private static final String ACL = "infra/emqx/acl.conf";
  private static final Pattern SHARED = Pattern.compile("\\$share/[^/]+/(.+)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void decidesEveryRequest(Request request) throws IOException {
    assertThat(granted(ComposeFile.text(ACL), request)).isEqualTo(request.granted());
  }

  @Test
  void letsNobodyInWhoIsNotAsked() throws IOException {
    assertThat(new BrokerConf().asksEverybody()).isTrue();
  }

  @Test
  void refusesWhatNoRuleMatches_andHasNoOtherSourceOfRules() throws IOException {
    Config authorization = new BrokerConf().whole().getConfig("authorization");
    assertThat(authorization.getString("no_match")).isEqualTo("deny");
    assertThat(authorization.getConfigList("sources")).hasSize(1);
    assertThat(authorization.getConfigList("sources").get(0).getString("path"))
        .isEqualTo("${EMQX_ETC_DIR}/acl.conf");
  }

  @Test
  void makesTheAccountsOfTheTable() throws IOException {
    String start = ComposeFile.text("infra/emqx/start");
    List<String> named =
        BrokerRules.logins().stream()
            .filter(login -> login.credential() == Credential.PASSWORD && login.granted())
            .map(BrokerRules.Login::who)
            .toList();
    assertThat(named).isNotEmpty().allMatch(who -> makes(start, who));
    assertThat(BrokerRules.requests()).map(Request::who).allMatch(who -> makes(start, who));
  }

  @Test
  void takesNoSessionOverForAnotherUser() throws IOException {
    BrokerConf conf = new BrokerConf();
    assertThat(conf.mqtt(BrokerRules.Listener.PUBLIC).getString("clientid_override"))
        .isEqualTo("concat([username, '/', clientid])");
    assertThat(conf.mqtt(BrokerRules.Listener.INTERNAL).getString("clientid_override"))
        .isEqualTo("disabled");
  }

  @Test
  void tellsAnErrorInTheRules() {
    assertThatThrownBy(() -> new BrokerAcl("{allow, {username, \"a\"}, publish, [\"t\"]}"))
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> new BrokerAcl("{allow, {ipaddr, \"127.0.0.1\"}, all, [\"t\"]}."))
        .hasMessageContaining("ipaddr");
  }

  /** The table would notice what EMQX's own first rules let through. */
  @Test
  void noticesARuleThatAllowsEverybody() throws IOException {
    String open = ComposeFile.text(ACL).replace("{deny, all}.", "{allow, all}.");
    assertThat(BrokerRules.requests())
        .filteredOn(request -> !request.granted())
        .anyMatch(request -> grantedIn(open, request));
  }

  static List<Request> requests() {
    return BrokerRules.requests();
  }

  private static boolean grantedIn(String acl, Request request) {
    try {
      return granted(acl, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean granted(String acl, Request request) throws IOException {
    BrokerConf conf = new BrokerConf();
    Config mqtt = conf.mqtt(request.listener());
    Map<String, String> attributes = conf.attributes(request.who());
    var shared = SHARED.matcher(request.topic());
    boolean inGroup = request.action() == Action.SUBSCRIBE && shared.matches();
    if ((inGroup && !mqtt.getBoolean("shared_subscription"))
        || (request.retain() && !mqtt.getBoolean("retain_available"))) {
      return false;
    }
    return new BrokerAcl(acl)
        .decide(
            new BrokerAcl.Client(request.who(), attributes),
            request.action(),
            inGroup ? shared.group(1) : request.topic(),
            request.qos(),
            request.retain())
        .orElseThrow(() -> new AssertionError("no rule of " + ACL + " matches " + request));
  }

  private static boolean makes(String start, String who) {
    return Pattern.compile("echo \"" + who + ",|for name in [^;]*\\b" + who + "\\b")
        .matcher(start)
        .find();
  }
}
