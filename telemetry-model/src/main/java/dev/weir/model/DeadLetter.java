package dev.weir.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What accompanies a record in {@link KafkaTopics#DEAD_LETTERS}: the same headers whoever wrote it.
 * The record's key and value are the originals.
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
}
