package dev.weir.deadletters;

import dev.weir.model.KafkaTopics;
import java.util.Optional;

/** Where a dead letter stands. */
public enum Place {
  /** The retry connector has not got to it. */
  WAITING("waiting", KafkaTopics.DEAD_LETTERS),
  /** It was refused again when it was retried; a person decides. */
  PARKED("parked", KafkaTopics.PARKED);

  private final String code;
  private final String topic;

  Place(String code, String topic) {
    this.code = code;
    this.topic = topic;
  }

  /** A stable, lower-case word for metrics and output. */
  public String code() {
    return code;
  }

  /** The Kafka topic of these letters. */
  public String topic() {
    return topic;
  }

  /** The place whose letters are in a topic; empty where none is. */
  public static Optional<Place> ofTopic(String topic) {
    if (topic.equals(WAITING.topic)) {
      return Optional.of(WAITING);
    }
    return topic.equals(PARKED.topic) ? Optional.of(PARKED) : Optional.empty();
  }
}
