package dev.weir.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What accompanies a record in {@link KafkaTopics#DEAD_LETTERS} and {@link KafkaTopics#PARKED}: the
 * same headers whoever wrote it. The record's key and value are the originals.
 *
 * @param rejection why it was refused
 * @param stage which part refused it
 * @param source where it came from: an MQTT topic, or {@code topic-partition@offset}
 * @param time when it was refused
 * @param attempt 1 at the first refusal, one more after each retry
 */
public record DeadLetter(
    Rejection rejection, Stage stage, String source, Instant time, int attempt) {

  /** Header: {@link RejectionReason#code()}. */
  public static final String REASON = "weir.reason";

  /** Header: {@link Rejection#detail()}. */
  public static final String DETAIL = "weir.detail";

  /** Header: {@link Stage#code()}. */
  public static final String STAGE = "weir.stage";

  /** Header: the MQTT topic, or {@code topic-partition@offset}. */
  public static final String SOURCE = "weir.source";

  /** Header: when it was refused, RFC 3339 in UTC. */
  public static final String TIME = "weir.time";

  /** Header: the number of this attempt, from 1. */
  public static final String ATTEMPT = "weir.attempt";

  /**
   * Header of a dead letter that was tried again and refused again: the letter that was tried, as
   * {@code topic-partition@offset}. Its {@link #SOURCE} is still where the record first came from.
   */
  public static final String RETRY_OF = "weir.retry_of";

  /**
   * Header of a letter that holds only the beginning of what was refused: the length of all of it.
   */
  public static final String ORIGINAL_LENGTH = "weir.original_length";

  /** What the name of each of these headers begins with. */
  public static final String HEADER_PREFIX = "weir.";

  /** The part of the pipeline that refused a record. */
  public enum Stage {
    BRIDGE("bridge"),
    SINK("sink"),
    ALERTS("alerts");

    private final String code;

    Stage(String code) {
      this.code = code;
    }

    /** The header's value. */
    public String code() {
      return code;
    }

    /** The stage that has a code; empty where none has it. */
    public static Optional<Stage> ofCode(String code) {
      return Arrays.stream(values()).filter(stage -> stage.code.equals(code)).findFirst();
    }
  }

  /** The headers, in a fixed order; each value is to be written in UTF-8. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(REASON, rejection.reason().code());
    headers.put(DETAIL, rejection.detail());
    headers.put(STAGE, stage.code());
    headers.put(SOURCE, source);
    headers.put(TIME, time.toString());
    headers.put(ATTEMPT, Integer.toString(attempt));
    return headers;
  }

  /**
   * What headers say, read back.
   *
   * @param headers by name; others than ours do not matter
   * @return empty where reason, stage, source, time or attempt is missing or none of ours: the
   *     record was not written by this version of Weir
   */
  public static Optional<DeadLetter> parse(Map<String, String> headers) {
    Optional<RejectionReason> reason =
        Optional.ofNullable(headers.get(REASON)).flatMap(RejectionReason::ofCode);
    Optional<Stage> stage = Optional.ofNullable(headers.get(STAGE)).flatMap(Stage::ofCode);
    String source = headers.get(SOURCE);
    String time = headers.get(TIME);
    String attempt = headers.get(ATTEMPT);
    if (reason.isEmpty()
        || stage.isEmpty()
        || source == null
        || time == null
        || attempt == null
        || !attempt.matches("[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DeadLetter(
              new Rejection(reason.get(), headers.getOrDefault(DETAIL, "")),
              stage.get(),
              source,
              Instant.parse(time),
              Integer.parseInt(attempt)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
