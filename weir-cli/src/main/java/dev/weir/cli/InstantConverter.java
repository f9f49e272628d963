package dev.weir.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time as RFC 3339 ({@code 2026-01-31T12:00:00Z}) or as how long ago it was ({@code 24h}).
 */
final class InstantConverter implements ITypeConverter<Instant> {

  private final InstantSource clock;
  private final DurationConverter durations = new DurationConverter();

  InstantConverter() {
    this(InstantSource.system());
  }

  InstantConverter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.trim()).toInstant();
    } catch (DateTimeException e) {
      return clock.instant().minus(ago(text));
    }
  }

  private Duration ago(String text) {
    try {
      return durations.convert(text);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is neither a time like 2026-01-31T12:00:00Z nor how long ago, like 30m, 24h or"
              + " 7d");
    }
  }
}
