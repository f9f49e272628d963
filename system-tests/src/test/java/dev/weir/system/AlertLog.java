package dev.weir.system;

import dev.weir.model.Alert;
import dev.weir.model.AlertCodec;
import dev.weir.model.KafkaTopics;
import java.util.List;

/** The alerts that were committed to Kafka. */
final class AlertLog {

  private AlertLog() {}

  /** All of a user's devices until now, each device's in order. */
  static List<Alert> of(String bootstrapServers, String user) {
    return UserRecords.of(bootstrapServers, KafkaTopics.ALERTS, user).stream()
        .map(record -> AlertCodec.decode(record.value()))
        .toList();
  }
}
