package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** What the topology tells of silence, against a slow model that is obviously right. */
class SilencePropertyTest {

  private static final int STEPS = 400;
  private static final long START = AlertsDriver.START.toEpochMilli();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final SlowSilence model = new SlowSilence();
  private long now = START;
  private long sequence;

  @RepeatedTest(30)
  void agreesWithTheModel_howeverTicksReadingsAndCommandsCome() {
    try (AlertsDriver driver = new AlertsDriver()) {
      setRules(driver);
      for (int step = 0; step < STEPS; step++) {
        List<String> expected;
        List<Alert> alerts;
        long told = 0;
        switch (random.nextInt(40)) {
          case 0 -> {
            now += 2_000 + random.nextInt(25_000); // an outage, or a pause that is none
            continue;
          }
          case 1 -> {
            expected = setRules(driver);
            alerts = driver.lookAtRules();
          }
          case 2 -> {
            String device = device();
            String rule = random.nextBoolean() ? "a" : "b";
            String action = List.of("SNOOZE", "DISABLE", "ENABLE").get(random.nextInt(3));
            int minutes = 1 + random.nextInt(2);
            expected = command(device, rule, action, minutes);
            alerts = driver.command("u1/" + device, json(device, rule, action, minutes), at(now));
          }
          case 3, 4, 5, 6, 7 -> {
            String device = device();
            long received = now + apart();
            expected = model.reading(device, received);
            alerts = driver.pipe("u1/" + device, reading(received), at(received));
          }
          case 8 -> {
            told = now - random.nextInt(40_000); // late, or again
            alerts = driver.tick(at(told), at(now));
            expected = model.tick(told, now, AlertsDriver.GRACE.toMillis());
          }
          default -> {
            now += 1_000;
            told = now + (random.nextInt(50) == 0 ? 3_600_000 : apart());
            alerts = driver.tick(at(told), at(now));
            expected = model.tick(told, now, AlertsDriver.GRACE.toMillis());
          }
        }
        assertThat(alerts.stream().map(SilencePropertyTest::word))
            .as("seed %d, step %d, second %d", seed, step, (now - START) / 1000)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /** How far the clock of a bridge may be apart. */
  private long apart() {
    return random.nextInt(4_001) - 2_000L;
  }

  private String device() {
    return "d" + random.nextInt(3);
  }

  /** None, or two of other times than before. */
  private List<String> setRules(AlertsDriver driver) {
    if (now > START && random.nextInt(4) == 0) {
      driver.setRules("u1", null);
      return model.noRules();
    }
    int a = 10 + random.nextInt(20);
    int b = 20 + random.nextInt(40);
    driver.setRules(
        "u1",
        Story.json(
            "{rules:[{id:'a',kind:'SILENT',for:'%ds'},{id:'b',kind:'SILENT',for:'%ds'}]}"
                .formatted(a, b)));
    model.rule("a", a * 1_000L);
    model.rule("b", b * 1_000L);
    return List.of();
  }

  private List<String> command(String device, String rule, String action, int minutes) {
    return switch (action) {
      case "SNOOZE" -> model.mute(device, rule, now + minutes * 60_000L);
      case "DISABLE" -> model.mute(device, rule, Long.MAX_VALUE);
      default -> {
        model.unmute(device, rule);
        yield List.of();
      }
    };
  }

  private static String json(String device, String rule, String action, int minutes) {
    String duration = action.equals("SNOOZE") ? ",duration_minutes:" + minutes : "";
    return Story.json(
        "{device_id:'%s',rule_id:'%s',action:'%s'%s}".formatted(device, rule, action, duration));
  }

  /** New, late or a repeat: whatever comes, the device is there. */
  private String reading(long received) {
    long time = received - random.nextInt(100_000);
    long number = random.nextInt(4) == 0 ? random.nextInt(20) : sequence++;
    return "{\"time\":%d,\"sequence_id\":%d,\"temperature\":20}".formatted(time, number);
  }

  private static String word(Alert alert) {
    return "%s %s of %s since %d"
        .formatted(
            alert.status(), alert.ruleId(), alert.device().id(), alert.raisedAt().toEpochMilli());
  }
}
