package dev.weir.alerts.detect;

import dev.weir.model.Alert;
import dev.weir.model.Device;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reading of a story.
 *
 * @param device who sends it
 * @param time the time it carries
 * @param received when it arrives
 * @param json its bytes
 */
record StoryLine(Device device, Instant time, Instant received, String json) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<device>\\w+) )?(?<time>\\d+)s(?:@(?<received>\\d+)s)? #(?<seq>-?\\d+) (?<fields>.*)");

  static StoryLine parse(String line) {
    Matcher parts = FORM.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a story's line: " + line);
    }
    String device = parts.group("device");
    String received = parts.group("received");
    Instant time = AlertsDriver.START.plusSeconds(Long.parseLong(parts.group("time")));
    String fields = parts.group("fields").replaceAll("(\\w+):", "\"$1\":").replace('\'', '"');
    return new StoryLine(
        new Device("u1", device == null ? "d1" : device),
        time,
        received == null
            ? AlertsDriver.START.plusSeconds(1000)
            : AlertsDriver.START.plusSeconds(Long.parseLong(received)),
        "{\"time\":\"" + time + "\",\"sequence_id\":" + parts.group("seq") + "," + fields + "}");
  }

  List<String> pipeInto(AlertsDriver driver) {
    return driver.pipe(device.key(), json, received).stream().map(StoryLine::word).toList();
  }

  static String word(Alert alert) {
    String rule =
        switch (alert.ruleId()) {
          case DefaultRules.HIGH_TEMPERATURE -> "hot";
          case DefaultRules.LOW_BATTERY -> "low";
          default -> alert.ruleId();
        };
    return switch (alert.status()) {
      case RAISED -> rule;
      case ACKNOWLEDGED -> rule + " known";
      case CLEARED -> rule + " over";
    };
  }
}
