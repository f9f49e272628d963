package dev.weir.bench.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as a person reads them: three digits that mean something, in plain notation. */
public final class Numbers {

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double THOUSAND = 1_000;

  private Numbers() {}

  /** The number without needless zeros. */
  public static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** The number to at most three digits, with thousands separated. */
  public static String rounded(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return "–";
    }
    BigDecimal value = new BigDecimal(number).round(THREE_DIGITS);
    return Math.abs(number) >= THOUSAND
        ? String.format(Locale.ROOT, "%,d", value.longValue())
        : value.stripTrailingZeros().toPlainString();
  }
}
