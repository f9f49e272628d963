package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleScopeTest {

  @ParameterizedTest
  @ValueSource(strings = {"default", "u1", "u1/d1", "default/d1"})
  void knowsItsKeys(String key) {
    assertThat(RuleScope.ofKey(key)).hasValueSatisfying(s -> assertThat(s.key()).isEqualTo(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "u1/", "/d1", "u1/d1/x"})
  void refusesOtherKeys(String key) {
    assertThat(RuleScope.ofKey(key)).isEmpty();
    assertThatThrownBy(() -> new RuleScope(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listsTheScopesOfADevice() {
    assertThat(RuleScope.ofAll(new Device("u1", "d1")))
        .extracting(RuleScope::key)
        .containsExactly("default", "u1", "u1/d1");
  }

  @Test
  void aUserNamedDefaultChangesNobodysRules() {
    assertThat(RuleScope.ofUser("default")).isEmpty();
    assertThat(RuleScope.ofUser("u1/d1")).isEmpty();
    assertThat(RuleScope.ofAll(new Device("default", "d1")))
        .extracting(RuleScope::key)
        .containsExactly("default", "default/d1");
  }
}
