package dev.weir.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands in Kafka. Written {@code topic-partition@offset}, as in {@link
 * DeadLetter#SOURCE} and as the name of a dead letter.
 *
 * @param topic the topic's name
 * @param partition from 0
 * @param offset from 0
 */
public record RecordPosition(String topic, int partition, long offset) {

  /** As Kafka allows names of topics; an MQTT topic of ours holds a slash and never matches. */
  private static final Pattern WRITTEN =
      Pattern.compile("([a-zA-Z0-9._-]{1,249})-([0-9]{1,9})@([0-9]{1,18})");

  public RecordPosition {
    if (topic.isEmpty() || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "not a position: " + topic + "-" + partition + "@" + offset);
    }
  }

  /** The position that a text names; empty where it is not written like one. */
  public static Optional<RecordPosition> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(
            new RecordPosition(
                written.group(1),
                Integer.parseInt(written.group(2)),
                Long.parseLong(written.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
