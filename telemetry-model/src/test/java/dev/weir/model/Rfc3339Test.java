package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.520Z",
    "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
    "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.870Z",
    "2026-01-01t00:00:00z, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00-00:00, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00+23:59, 2025-12-31T00:01:00Z",
    "2026-01-01T00:00:00-23:59, 2026-01-01T23:59:00Z",
    "2026-01-01T00:00:00.1Z, 2026-01-01T00:00:00.100Z",
    "2026-01-01T00:00:00.123456Z, 2026-01-01T00:00:00.123456Z",
    "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123456Z",
    "2026-01-01T00:00:00.9999999999999999+01:00, 2025-12-31T23:00:00.999999Z",
    "1990-12-31T23:59:60Z, 1991-01-01T00:00:00Z",
    "1990-12-31T15:59:60.5-08:00, 1991-01-01T00:00:00.500Z",
    "2024-02-29T12:00:00Z, 2024-02-29T12:00:00Z",
    "2000-02-29T12:00:00Z, 2000-02-29T12:00:00Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "0000-03-01T00:00:00Z, 0000-03-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
  })
  void reads(String text, Instant instant) {
    assertThat(Rfc3339.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "now",
        "2026",
        "2026-01-01",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01_00:00:00Z",
        "2026-01-01\u001400:00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.",
        "2026-01-01T00:00:00.5",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00.5.5Z",
        "2026-01-01T00:00:00\u001a",
        "2026-01-01T00:00:00Zulu",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z ",
        "2026-01-01T00:00:00 Z",
        "2026-01-01T00:00:00+1:00",
        "2026-01-01T00:00:00+01",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00+01:0",
        "2026-01-01T00:00:00+01:000",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+01:60",
        "2026-01-01T00:00:00 01:00",
        "2026-01-01T00:00:00\u221201:00",
        "2026-01-01T00:00:00+-1:00",
        "2026-00-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01T-1:00:00Z",
        "-026-01-01T00:00:00Z",
        "+2026-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z",
        "26-01-01T00:00:00Z",
        "2026-1-01T00:00:00Z",
        "2026/01/01T00:00:00Z",
        "2026-01-01T00.00.00Z",
        "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
        "2026-W01-1T00:00:00Z",
        "20260101T000000Z",
        "2026-01-01T00:00:00Z[UTC]",
      })
  void refuses(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }

  @Test
  void agreesWithTheJdkThroughTenThousandYears() {
    LocalDateTime end = LocalDateTime.parse("9999-12-31T01:02:03");
    for (LocalDateTime day = LocalDateTime.parse("0000-01-01T01:02:03");
        !day.isAfter(end);
        day = day.plusDays(5)) {
      Instant expected = day.toInstant(ZoneOffset.UTC);
      String text = day + "Z";
      if (!expected.equals(Rfc3339.parse(text))) {
        assertThat(Rfc3339.parse(text)).as(text).isEqualTo(expected);
      }
    }
  }

  @Test
  void agreesWithTheJdkOnAnyMicrosecondAndOffset() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int offsetMinutes = random.nextInt(2 * 18 * 60 + 1) - 18 * 60;
      OffsetDateTime time =
          Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L)
              .atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60))
              .withSecond(1 + random.nextInt(59));
      assertThat(Rfc3339.parse(time.toString())).as(time.toString()).isEqualTo(time.toInstant());
    }
  }
}
