package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Alert;
import dev.weir.model.AlertRule;
import dev.weir.model.AlertStatus;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
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
import org.junit.jupiter.api.RepeatedTest;

/** The judge against a slow model that is obviously right, and against what must always hold. */
class JudgePropertyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant RECEIVED = START.plus(Duration.ofHours(1));
  private static final Device DEVICE = new Device("u1", "d1");
  private static final List<AlertRule> RULES = DefaultRules.DEFAULT.rules();
  private static final ReadingDecoder DECODER =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.fixed(RECEIVED));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Judge judge = new Judge(RULES);

  @RepeatedTest(50)
  void agreesWithTheModelOnReadingsInOrderWithRepeats() {
    List<Reading> readings = history(400);
    assertThat(words(judged(withRepeats(readings)))).as("seed %d", seed).isEqualTo(model(readings));
  }

  @RepeatedTest(50)
  void everyEpisodeIsRaisedOnceAndClearedOnceInWhateverOrderTheReadingsCome() {
    List<Reading> readings = history(400);
    List<Reading> chaos = withRepeats(readings);
    for (int i = 0; i < chaos.size(); i++) {
      Collections.swap(chaos, i, Math.min(chaos.size() - 1, i + random.nextInt(20)));
    }
    chaos.addAll(chaos.subList(0, chaos.size() / 2));
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
  private List<Reading> history(int length) {
    List<Reading> readings = new ArrayList<>();
    long sequence = random.nextInt(3000);
    long millis = 0;
    double temperature = 40;
    int battery = 30;
    for (int i = 0; i < length; i++) {
      boolean restarts = random.nextInt(150) == 0;
      millis += restarts ? 1 + random.nextInt(500) : random.nextInt(500);
      sequence = restarts ? random.nextInt(3) : sequence + 1 + random.nextInt(3);
      temperature += random.nextGaussian() * 4 - (temperature - 47) * 0.05;
      battery = Math.floorMod(battery - random.nextInt(3), 31);
      readings.add(reading(millis, sequence, temperature, battery));
    }
    return readings;
  }

  private Reading reading(long millis, long sequence, double temperature, int battery) {
    String json =
        "{\"time\":%d,\"sequence_id\":%d%s%s}"
            .formatted(
                START.toEpochMilli() + millis,
                sequence,
                random.nextInt(5) == 0 ? "" : ",\"temperature\":" + temperature,
                random.nextInt(5) == 0 ? "" : ",\"battery\":" + battery);
    return (Reading) DECODER.decodeOne(DEVICE, json.getBytes(StandardCharsets.UTF_8));
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
      alerts.addAll(judge.judge(state, reading, RECEIVED).alerts());
      state = DeviceStateSerde.read(DeviceStateSerde.write(state));
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
