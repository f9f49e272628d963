package dev.weir.model.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import dev.weir.model.AlertCommand;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import dev.weir.model.AlertStatus;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.JsonType;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Scalar;
import dev.weir.model.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/** The judge against a slow model that is obviously right, and against what must always hold. */
class JudgePropertyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant RECEIVED = START.plus(Duration.ofHours(1));
  private static final Device DEVICE = new Device("u1", "d1");
  private static final List<AlertRule> RULES =
      List.of(
          new AlertRule("hot", Kind.HIGH, "temperature", 50, 45, Severity.CRITICAL),
          new AlertRule("low", Kind.LOW, "battery", 15, 20, Severity.WARNING));
  private static final List<AlertRule> EVERY_KIND =
      List.of(
          RULES.get(0),
          RULES.get(1),
          lasting("warm", Kind.HIGH, "temperature", 48, 47, null, 2_000),
          lasting("cold", Kind.LOW, "/env/inner/0", 45, 45, null, 500),
          lasting("open", Kind.EQUALS, "door", 0, 0, new Scalar(JsonType.STRING, "open"), 0),
          lasting("ajar", Kind.EQUALS, "door", 0, 0, new Scalar(JsonType.STRING, "open"), 1_500),
          lasting("shut", Kind.EQUALS, "locked", 0, 0, new Scalar(JsonType.BOOLEAN, "true"), 0),
          lasting("code", Kind.EQUALS, "code", 0, 0, new Scalar(JsonType.DECIMAL, "7.0"), 0),
          lasting("rush", Kind.RATE, "temperature", 250, 120, null, 2_000),
          lasting("drain", Kind.RATE, "battery", 60, 60, null, 30_000));
  private static final ReadingDecoder DECODER =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.fixed(RECEIVED));

  /** All but two mean the same. */
  private static final List<String> CODES = List.of("7", "7.0", "70e-1", "8", "\"7\"");

  private static final ActiveRules TWO = ActiveRules.of(RULES);
  private static final ActiveRules EVERY = ActiveRules.of(EVERY_KIND);

  private static AlertRule lasting(
      String id,
      Kind kind,
      String metric,
      double raise,
      double clear,
      @Nullable Scalar expected,
      long millis) {
    Duration span = Duration.ofMillis(millis);
    return new AlertRule(id, kind, metric, raise, clear, expected, span, Severity.WARNING, null);
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @RepeatedTest(50)
  void agreesWithTheModelOnReadingsInOrderWithRepeats() {
    List<Reading> readings = history(400, true, 500);
    assertThat(words(judged(withRepeats(readings)))).as("seed %d", seed).isEqualTo(model(readings));
  }

  /**
   * Moved, repeated, the count begun anew, some from a clock far ahead, and with commands in
   * between.
   */
  @RepeatedTest(60)
  void agreesWithTheModelInWhateverOrderTheReadingsComeAndHoweverOften() {
    List<Reading> chaos =
        shuffled(history(150, random.nextBoolean(), random.nextInt(4) == 0 ? 60_000 : 500));
    DeviceState state = new DeviceState();
    List<String> seen = new ArrayList<>();
    List<ReferenceModel> models = EVERY_KIND.stream().map(ReferenceModel::new).toList();
    Instant now = START;
    for (Reading sent : chaos) {
      now = (sent.time().isAfter(now) ? sent.time() : now).plusMillis(random.nextInt(300));
      Instant received = now;
      Reading reading = random.nextInt(60) == 0 ? ahead(sent) : sent;
      Judge.judge(state, EVERY, reading, received).alerts().forEach(a -> seen.add(word(a)));
      models.forEach(model -> model.take(reading, received));
      if (random.nextInt(15) == 0) {
        AlertCommand command = command();
        Command.obey(state, EVERY, command, received).forEach(a -> seen.add(word(a)));
        models.forEach(model -> model.obey(command, received));
      }
      state = DeviceStateCodec.read(DeviceStateCodec.write(state));
    }
    for (int i = 0; i < models.size(); i++) {
      String rule = EVERY_KIND.get(i).id() + " ";
      assertThat(seen.stream().filter(word -> word.startsWith(rule)).toList())
          .as("seed %d", seed)
          .isEqualTo(models.get(i).words());
    }
  }

  private static String word(Alert alert) {
    String[] id = alert.alertId().split("/", -1);
    boolean isNumber =
        EVERY_KIND.stream()
            .anyMatch(rule -> rule.id().equals(alert.ruleId()) && rule.kind().hasLevels());
    return "%s %s, from %s/%s, worst %s, %d readings"
        .formatted(
            alert.ruleId(),
            alert.status(),
            id[id.length - 2],
            id[id.length - 1],
            isNumber ? alert.peak() : "none",
            alert.violations());
  }

  /** The same, from a device whose clock is hours ahead. */
  private static Reading ahead(Reading reading) {
    String json =
        new String(reading.source().toByteArray(), StandardCharsets.UTF_8)
            .replaceFirst(
                "\"time\":\\d+", "\"time\":" + (reading.time().toEpochMilli() + 36_000_000));
    return (Reading) DECODER.decodeOne(DEVICE, json.getBytes(StandardCharsets.UTF_8));
  }

  /** About one of the rules, or about all. */
  private AlertCommand command() {
    AlertCommand.Action[] all = AlertCommand.Action.values();
    AlertCommand.Action action = all[random.nextInt(all.length)];
    int number = random.nextInt(EVERY_KIND.size() * 4 / 3);
    String rule = number < EVERY_KIND.size() ? EVERY_KIND.get(number).id() : AlertCommand.ALL_RULES;
    boolean snooze = action == AlertCommand.Action.SNOOZE;
    return new AlertCommand(
        DEVICE, rule, action, snooze ? Duration.ofMillis(1 + random.nextInt(20_000)) : null);
  }

  /** Moved by up to 20 places, some repeated soon, some at the end. */
  private List<Reading> shuffled(List<Reading> readings) {
    List<Reading> chaos = withRepeats(readings);
    for (int i = 0; i < chaos.size(); i++) {
      Collections.swap(chaos, i, Math.min(chaos.size() - 1, i + random.nextInt(20)));
    }
    chaos.addAll(List.copyOf(chaos.subList(0, chaos.size() / 2)));
    return chaos;
  }

  @RepeatedTest(50)
  void everyEpisodeIsRaisedOnceAndClearedOnceInWhateverOrderTheReadingsCome() {
    List<Reading> chaos = shuffled(history(400, true, 500));
    Map<String, String> open = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Alert alert : judged(chaos)) {
      if (alert.status() == AlertStatus.RAISED) {
        assertThat(open).as("seed %d", seed).doesNotContainKey(alert.ruleId());
        assertThat(ids.add(alert.alertId())).as("new id, seed %d", seed).isTrue();
        open.put(alert.ruleId(), alert.alertId());
      } else {
        assertThat(open.remove(alert.ruleId())).as("seed %d", seed).isEqualTo(alert.alertId());
        assertThat(alert.clearedAt()).as("seed %d", seed).isAfterOrEqualTo(alert.raisedAt());
      }
    }
  }

  /** In order: times never fall, sequence numbers grow but for the device's restarts. */
  private List<Reading> history(int length, boolean restarting, int step) {
    List<Reading> readings = new ArrayList<>();
    long sequence = random.nextInt(3000);
    long millis = 0;
    double temperature = 40;
    int battery = 30;
    for (int i = 0; i < length; i++) {
      boolean restarts = restarting && random.nextInt(150) == 0;
      millis += restarts ? 1 + random.nextInt(step) : random.nextInt(step);
      sequence = restarts ? random.nextInt(3) : sequence + 1 + random.nextInt(3);
      temperature += random.nextGaussian() * 4 - (temperature - 47) * 0.05;
      battery = Math.floorMod(battery - random.nextInt(3), 31);
      readings.add(reading(millis, sequence, temperature, battery));
    }
    return readings;
  }

  private Reading reading(long millis, long sequence, double temperature, int battery) {
    String json =
        "{\"time\":%d,\"sequence_id\":%d%s%s%s%s%s%s}"
            .formatted(
                START.toEpochMilli() + millis,
                sequence,
                random.nextInt(5) == 0 ? "" : ",\"temperature\":" + temperature,
                random.nextInt(5) == 0 ? "" : ",\"battery\":" + battery,
                random.nextInt(5) == 0 ? "" : ",\"env\":{\"inner\":[" + temperature + "]}",
                random.nextInt(5) == 0 ? "" : ",\"door\":\"" + door() + "\"",
                random.nextInt(5) == 0 ? "" : ",\"locked\":" + (random.nextInt(3) > 0),
                random.nextInt(5) == 0 ? "" : ",\"code\":" + CODES.get(random.nextInt(5)));
    return (Reading) DECODER.decodeOne(DEVICE, json.getBytes(StandardCharsets.UTF_8));
  }

  private String door() {
    return random.nextInt(3) > 0 ? "open" : "shut";
  }

  /** Each reading, and now and then one of the last two hundred once more. */
  private List<Reading> withRepeats(List<Reading> readings) {
    List<Reading> stream = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      stream.add(readings.get(i));
      while (random.nextInt(3) == 0) {
        stream.add(readings.get(i - random.nextInt(Math.min(i + 1, 200))));
      }
    }
    return stream;
  }

  private List<Alert> judged(List<Reading> stream) {
    DeviceState state = new DeviceState();
    List<Alert> alerts = new ArrayList<>();
    for (Reading reading : stream) {
      alerts.addAll(Judge.judge(state, TWO, reading, RECEIVED).alerts());
      state = DeviceStateCodec.read(DeviceStateCodec.write(state));
    }
    return alerts;
  }

  private static List<String> words(List<Alert> alerts) {
    return alerts.stream()
        .map(alert -> alert.ruleId() + " " + alert.status() + " at " + alert.sequenceId())
        .toList();
  }

  /** No repeats, no order to mind: per rule a value and whether there is an episode. */
  private static List<String> model(List<Reading> readings) {
    List<String> words = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (Reading reading : readings) {
      for (AlertRule rule : RULES) {
        reading
            .number(rule.metric())
            .ifPresent(
                value -> {
                  boolean isOpen = open.contains(rule.id());
                  if (!isOpen && rule.raises(value)) {
                    open.add(rule.id());
                    words.add(rule.id() + " RAISED at " + reading.sequenceId());
                  } else if (isOpen && rule.clears(value)) {
                    open.remove(rule.id());
                    words.add(rule.id() + " CLEARED at " + reading.sequenceId());
                  }
                });
      }
    }
    return words;
  }
}
