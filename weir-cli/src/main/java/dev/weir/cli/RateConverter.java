package dev.weir.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rate per second: {@code 200/s}, or the number alone. */
final class RateConverter implements ITypeConverter<Double> {

  private static final double MOST = 1_000_000;

  @Override
  public Double convert(String text) {
    try {
      double rate = Double.parseDouble(text.trim().replaceFirst("/s$", ""));
      if (rate > 0 && rate <= MOST) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw notARate(text);
    }
    throw notARate(text);
  }

  private static TypeConversionException notARate(String text) {
    return new TypeConversionException(
        "'" + text + "' is no rate per second; write 200/s, above 0 and at most 1000000");
  }
}
