package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1e131071",
        "-9.99e131071",
        "12.5e131070",
        "0.001e131074",
        "1e-16383",
        "1.5e-16382",
        "0e131072",
        "0.00e131072",
        "1e000000000000005",
        "1E+5",
        "1e-0"
      })
  void takesWhatNumericHolds(String number) {
    assertThat(NumberCheck.number(number, "a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e131072",
        "10e131071",
        "-1e131072",
        "0.01e131074",
        "1e-16384",
        "1.5e-16383",
        "0e-16384",
        "0e131073",
        "0e99999999999",
        "1e2147483648",
        "1e-2147483648",
        "1e99999999999999999999"
      })
  void refusesWhatNumericDoesNotHold(String number) {
    Rejection rejection = Objects.requireNonNull(NumberCheck.number(number, "a"));

    assertThat(rejection.reason()).isEqualTo(RejectionReason.OUT_OF_RANGE);
  }

  @Test
  void agreesWithExactArithmetic() {
    Random random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      String number = randomNumber(random);
      BigDecimal exact = new BigDecimal(number);
      int digitsBefore = exact.precision() - exact.scale();
      boolean holds =
          exact.scale() <= NumberCheck.MAX_DIGITS_AFTER
              && digitsBefore <= NumberCheck.MAX_DIGITS_BEFORE;

      assertThat(NumberCheck.number(number, "a") == null).as(number).isEqualTo(holds);
    }
  }

  private static String randomNumber(Random random) {
    StringBuilder number = new StringBuilder();
    number.append(random.nextBoolean() ? "-" : "");
    number.append(random.nextInt(3) == 0 ? "0" : Integer.toString(1 + random.nextInt(99_999)));
    if (random.nextBoolean()) {
      number.append('.').append("0".repeat(random.nextInt(4))).append(1 + random.nextInt(999));
    } else if (number.toString().endsWith("0") && number.length() <= 2) {
      number.append(".1");
    }
    int around =
        random.nextBoolean() ? NumberCheck.MAX_DIGITS_BEFORE : -NumberCheck.MAX_DIGITS_AFTER;
    return number.append('e').append(around + random.nextInt(21) - 10).toString();
  }
}
