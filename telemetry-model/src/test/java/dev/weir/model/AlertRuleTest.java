package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.AlertRule.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleTest {

  @ParameterizedTest
  @CsvSource({
    "HIGH, 90, 85, 90, true, false",
    "HIGH, 90, 85, 95.5, true, false",
    "HIGH, 90, 85, 89.9, false, false",
    "HIGH, 90, 85, 85, false, true",
    "HIGH, 90, 85, -40, false, true",
    "HIGH, 90, 90, 90, true, true",
    "LOW, 10, 15, 10, true, false",
    "LOW, 10, 15, 0, true, false",
    "LOW, 10, 15, 12, false, false",
    "LOW, 10, 15, 15, false, true",
    "LOW, 10, 15, 100, false, true",
  })
  void raisesAndClearsAtItsLevelsInclusive(
      Kind kind, double raise, double clear, double value, boolean raises, boolean clears) {
    AlertRule rule = rule(kind, raise, clear);

    assertThat(rule.raises(value)).isEqualTo(raises);
    assertThat(rule.clears(value)).isEqualTo(clears);
  }

  @Test
  void refusesLevelsOnTheWrongSide() {
    assertThatThrownBy(() -> rule(Kind.HIGH, 85, 90)).hasMessageContaining("good side");
    assertThatThrownBy(() -> rule(Kind.LOW, 15, 10)).hasMessageContaining("good side");
  }

  @Test
  void refusesLevelsThatAreNoNumbers() {
    assertThatThrownBy(() -> rule(Kind.HIGH, Double.NaN, 1)).hasMessageContaining("numbers");
    assertThatThrownBy(() -> rule(Kind.LOW, 1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("numbers");
  }

  @Test
  void refusesToBeNameless() {
    assertThatThrownBy(() -> new AlertRule(" ", Kind.HIGH, "m", 2, 1, Severity.INFO))
        .hasMessageContaining("a rule's id");
    assertThatThrownBy(() -> new AlertRule("id", Kind.HIGH, "", 2, 1, Severity.INFO))
        .hasMessageContaining("metric must name a field");
  }

  private static AlertRule rule(Kind kind, double raise, double clear) {
    return new AlertRule("hot", kind, "temperature", raise, clear, Severity.CRITICAL);
  }
}
