package dev.weir.deadletters;

import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is to become of a dead letter. */
public sealed interface Decision {

  /**
   * A copy goes where the record came from.
   *
   * @param topic the Kafka topic
   */
  record Replay(String topic) implements Decision {}

  /** It is taken out of the queue, and nothing else. */
  record Drop() implements Decision {}

  /**
   * It stays, because it cannot be replayed.
   *
   * @param why in words that follow "it"
   */
  record Leave(String why) implements Decision {}

  /** Drops whatever it is given. */
  Function<Letter, Decision> DROP = letter -> new Drop();

  /** Replays what can be replayed into the topics that exist. */
  static Function<Letter, Decision> replayInto(Set<String> topics) {
    return letter ->
        letter.destination() instanceof Replay replay && !topics.contains(replay.topic())
            ? new Leave("came from topic " + replay.topic() + ", which is not there")
            : letter.destination();
  }

  /**
   * Where a letter belongs.
   *
   * @param source its source header, or empty
   */
  static Decision destination(Optional<String> source, Optional<Device> device, boolean whole) {
    if (source.isEmpty()) {
      return new Leave("has no header that says where it came from");
    }
    if (!whole) {
      return new Leave("holds only the beginning of its payload");
    }
    String topic =
        RecordPosition.parse(source.get())
            .map(RecordPosition::topic)
            .orElse(KafkaTopics.TELEMETRY); // else the bridge refused it, and named an MQTT topic
    if (Place.ofTopic(topic).isPresent() || topic.equals(KafkaTopics.SETTLED)) {
      return new Leave("came from the dead letters themselves");
    }
    if (topic.equals(KafkaTopics.TELEMETRY) && device.isEmpty()) {
      return new Leave("has a key that names no device");
    }
    return new Replay(topic);
  }
}
