package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.Device;
import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {

  private static final RuleScope USER = RuleScope.ofUser("u1").orElseThrow();
  private static final RuleScope DEVICE = RuleScope.of(new Device("u1", "d1"));

  private final RuleBook book = new RuleBook(List.of());

  @Test
  void eachDeviceHasTheRulesOfItsScopes() {
    book.set(RuleScope.DEFAULT, silence("a", 10));
    book.set(USER, silence("b", 5));
    book.set(DEVICE, silence("c", 4));
    assertThat(shortest("u1", "d1")).isEqualTo(Duration.ofSeconds(4));
    assertThat(shortest("u1", "d2")).isEqualTo(Duration.ofSeconds(5));
    assertThat(shortest("u2", "d1")).isEqualTo(Duration.ofSeconds(10));
    book.set(DEVICE, null);
    book.set(RuleScope.DEFAULT, silence("a", 3));
    assertThat(shortest("u1", "d1")).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void devicesOfTheSameScopesShareWhatIsMadeReady() {
    book.set(USER, silence("b", 5));
    assertThat(book.of(new Device("u1", "d1"))).isSameAs(book.of(new Device("u1", "d2")));
    assertThat(book.of(new Device("u2", "d1"))).isSameAs(book.of(new Device("u3", "d1")));
  }

  @Test
  void tellsWhichScopesHaveChanged() {
    book.set(USER, silence("b", 5));
    long version = book.version();
    assertThat(book.since(version).scopes()).isEmpty();
    book.set(DEVICE, silence("c", 4));
    book.set(DEVICE, null);
    assertThat(book.since(version).scopes()).containsExactly(DEVICE);
    assertThat(book.since(0).scopes()).containsExactly(USER, DEVICE);
    book.set(RuleScope.DEFAULT, null);
    assertThat(book.since(version).scopes()).containsExactly(RuleScope.DEFAULT);
  }

  @Test
  void forgetsOldChangesAndThenMeansEverybody() {
    for (int i = 0; i < 2000; i++) {
      book.set(USER, null);
    }
    assertThat(book.since(1999).scopes()).containsExactly(USER);
    assertThat(book.since(1).scopes()).containsExactly(RuleScope.DEFAULT);
    assertThat(book.since(1).version()).isEqualTo(2000);
  }

  private Duration shortest(String user, String device) {
    return book.of(new Device(user, device)).shortestSilence().orElseThrow();
  }

  private static RuleSet silence(String id, int seconds) {
    Duration span = Duration.ofSeconds(seconds);
    return RuleSet.of(
        List.of(new AlertRule(id, Kind.SILENT, "", 0, 0, null, span, Severity.INFO, null)));
  }
}
