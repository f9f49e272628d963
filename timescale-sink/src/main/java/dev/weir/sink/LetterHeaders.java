package dev.weir.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.RecordPosition;
import dev.weir.model.Rejection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** The headers of the dead letters that the sink writes; those that are not Weir's are kept. */
final class LetterHeaders {

  private LetterHeaders() {}

  /** Of a record that is refused for the first time, or again after a replay. */
  static ConnectHeaders ofRefused(SinkRecord record, Rejection rejection, Instant now) {
    return with(record, letter(rejection, position(record), now, attempt(record) + 1));
  }

  /**
   * Of a dead letter that was tried again, and refused each time.
   *
   * @param tries how often
   */
  static ConnectHeaders ofParked(SinkRecord letter, Rejection rejection, int tries, Instant now) {
    Map<String, String> ours = letter(rejection, source(letter), now, attempt(letter) + tries);
    ours.put(DeadLetter.RETRY_OF, position(letter));
    return with(letter, ours);
  }

  /**
   * Of a dead letter that it is no use to try again: it says what it said.
   *
   * @param rejection for one that says nothing, because it is not Weir's
   */
  static ConnectHeaders ofUntried(SinkRecord letter, Rejection rejection, Instant now) {
    Map<String, String> ours =
        text(letter, DeadLetter.REASON).isPresent()
            ? new LinkedHashMap<>()
            : letter(rejection, source(letter), now, attempt(letter) + 1);
    ours.put(DeadLetter.RETRY_OF, position(letter));
    return with(letter, ours);
  }

  /** Where a record stands in Kafka, as {@code topic-partition@offset}. */
  static String position(SinkRecord record) {
    return new RecordPosition(
            record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset())
        .toString();
  }

  /** A header's value as text; empty where there is none. */
  static Optional<String> text(SinkRecord record, String name) {
    Header header = record.headers().lastWithName(name);
    return header != null && header.value() instanceof byte[] value
        ? Optional.of(new String(value, UTF_8))
        : Optional.empty();
  }

  private static Map<String, String> letter(
      Rejection rejection, String source, Instant now, int attempt) {
    return new DeadLetter(rejection, DeadLetter.Stage.SINK, source, now, attempt).headers();
  }

  private static ConnectHeaders with(SinkRecord record, Map<String, String> ours) {
    ConnectHeaders headers = new ConnectHeaders();
    for (Header header : record.headers()) {
      if (!ours.containsKey(header.key())) {
        headers.add(header);
      }
    }
    ours.forEach((name, value) -> headers.addBytes(name, value.getBytes(UTF_8)));
    return headers;
  }

  private static String source(SinkRecord letter) {
    return text(letter, DeadLetter.SOURCE).orElseGet(() -> position(letter));
  }

  private static int attempt(SinkRecord record) {
    try {
      return Math.max(0, text(record, DeadLetter.ATTEMPT).map(Integer::parseInt).orElse(0));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
