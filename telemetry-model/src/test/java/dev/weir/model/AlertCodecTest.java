package dev.weir.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertCodecTest {

  private static final Instant RAISED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Alert ALERT =
      new Alert(
          "a-1",
          "hot",
          AlertStatus.RAISED,
          Severity.CRITICAL,
          new Device("u1", "d1"),
          "temperature",
          95.5,
          90,
          "too hot",
          RAISED,
          RAISED,
          null,
          7);

  @Test
  void writesTheFieldsOfTheContract() {
    assertThat(new String(AlertCodec.encode(ALERT), UTF_8))
        .isEqualTo(
            "{\"alert_id\":\"a-1\",\"rule_id\":\"hot\",\"status\":\"RAISED\","
                + "\"severity\":\"CRITICAL\",\"user_id\":\"u1\",\"device_id\":\"d1\","
                + "\"metric\":\"temperature\",\"value\":95.5,\"threshold\":90.0,"
                + "\"message\":\"too hot\",\"time\":\"2026-01-01T00:00:00Z\","
                + "\"raised_at\":\"2026-01-01T00:00:00Z\",\"sequence_id\":7,"
                + "\"peak_value\":95.5,\"violations\":1}");
  }

  @Test
  void readsBackWhatItWrote() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Alert alert = randomAlert(random);
      assertThat(AlertCodec.decode(AlertCodec.encode(alert))).as("seed %d", seed).isEqualTo(alert);
    }
  }

  @Test
  void skipsFieldsOfALaterVersionAndTakesNullAsAbsent() {
    String later =
        new String(AlertCodec.encode(ALERT), UTF_8)
            .replace("{\"alert_id", "{\"added\":{\"x\":[1]},\"cleared_at\":null,\"alert_id");

    assertThat(AlertCodec.decode(Samples.utf8(later))).isEqualTo(ALERT);
  }

  @Test
  void readsWhatAnEarlierVersionWrote() {
    String earlier =
        new String(AlertCodec.encode(ALERT), UTF_8)
            .replace(",\"peak_value\":95.5,\"violations\":1", "");

    assertThat(AlertCodec.decode(Samples.utf8(earlier))).isEqualTo(ALERT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alert_id\":\"a-1\",|{|alert_id is missing",
        "95.5|\"hot\"|value is 'hot', not a number",
        "\"RAISED\"|\"OPEN\"|status is 'OPEN', not one of [RAISED, ACKNOWLEDGED, CLEARED]",
        "\"CRITICAL\"|\"\"|severity is ''",
        ":7,|:7.5,|sequence_id is '7.5'",
        "\"too hot\"|5|message is '5', not a string",
        "2026-01-01T|2026-13-01T|time is '2026-13-01T00:00:00Z', not an RFC 3339 time",
        "\"u1\"|\"u/1\"|not a user and device name",
        "1}|1|not_json",
      })
  void saysWhyBytesAreNotAnAlert(String find, String replace, String message) {
    String broken = new String(AlertCodec.encode(ALERT), UTF_8).replace(find, replace);

    assertThatThrownBy(() -> AlertCodec.decode(Samples.utf8(broken)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesToWriteWhatJsonCannotHold() {
    assertThatThrownBy(() -> AlertCodec.encode(with(Double.NaN, "hot")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Alert with(double value, String message) {
    return new Alert(
        "a",
        "r",
        AlertStatus.RAISED,
        Severity.INFO,
        Samples.DEVICE,
        "m",
        value,
        1,
        message,
        RAISED,
        RAISED,
        null,
        1);
  }

  private static Alert randomAlert(Random random) {
    Instant raised = time(random);
    boolean cleared = random.nextBoolean();
    return new Alert(
        text(random),
        text(random),
        cleared ? AlertStatus.CLEARED : AlertStatus.RAISED,
        random.nextBoolean() ? Severity.INFO : Severity.CRITICAL,
        new Device("u" + text(random).replace('/', '-'), "d" + text(random).replace('/', '-')),
        text(random),
        number(random),
        number(random),
        text(random),
        time(random),
        raised,
        cleared ? raised.plus(random.nextInt(100_000), ChronoUnit.MICROS) : null,
        random.nextLong(),
        random.nextBoolean() ? time(random) : null,
        number(random),
        random.nextInt(1000));
  }

  private static @Nullable Double number(Random random) {
    return random.nextInt(4) == 0 ? null : Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
  }

  private static Instant time(Random random) {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int c = 1 + random.nextInt(random.nextInt(4) == 0 ? Character.MAX_CODE_POINT : 0x7F);
      text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? '"' : c);
    }
    return text.toString();
  }
}
