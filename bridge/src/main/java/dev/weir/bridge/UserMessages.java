package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.AlertCommandCodec;
import dev.weir.model.ConfigError;
import dev.weir.model.Device;
import dev.weir.model.KafkaTopics;
import dev.weir.model.MqttTopics;
import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.RuleSetCodec;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users publish about their alerts: rules, and commands. What is right goes into Kafka, what
 * is wrong is answered to the user; either is acknowledged only after that. Called by event loops;
 * it neither waits nor throws.
 */
final class UserMessages {

  private static final Logger LOG = LoggerFactory.getLogger(UserMessages.class);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final TelemetryProducer producer;
  private final UserMetrics metrics;
  private final OutageLog answers = new OutageLog(LOG, "answering a refusal to its user");

  UserMessages(TelemetryProducer producer, UserMetrics metrics) {
    this.producer = producer;
    this.metrics = metrics;
  }

  /** Takes rules, for all devices of the user or for the one that they name. */
  void rules(String user, Delivery delivery) {
    byte[] json = delivery.arrival().payload();
    if (json.length == 0) {
      rules(RuleScope.ofUser(user), RuleSet.EMPTY, user, delivery);
      return;
    }
    RuleSetCodec.Result result = RuleSetCodec.decode(json);
    if (result instanceof RuleSetCodec.Accepted accepted) {
      Optional<RuleScope> scope =
          accepted.deviceId() == null
              ? RuleScope.ofUser(user)
              : Device.ofKey(user + "/" + accepted.deviceId()).map(RuleScope::of);
      rules(scope, accepted.rules(), user, delivery);
    } else if (result instanceof RuleSetCodec.Refused refused) {
      refuse(refused.problems(), user, delivery);
    }
  }

  private void rules(Optional<RuleScope> scope, RuleSet rules, String user, Delivery delivery) {
    if (scope.isEmpty()) {
      refuse(List.of("the names of user and device cannot have rules"), user, delivery);
      return;
    }
    byte[] value = rules.equals(RuleSet.EMPTY) ? null : RuleSetCodec.encode(rules);
    send(KafkaTopics.ALERT_RULES, scope.get().key(), value, user, delivery);
  }

  /** Takes a command. */
  void command(String user, Delivery delivery) {
    byte[] json = delivery.arrival().payload();
    AlertCommandCodec.Result result = AlertCommandCodec.decode(user, json);
    if (result instanceof AlertCommandCodec.Accepted accepted) {
      String key = accepted.command().device().key();
      send(KafkaTopics.ALERT_COMMANDS, key, json, user, delivery);
    } else if (result instanceof AlertCommandCodec.Refused refused) {
      refuse(refused.problems(), user, delivery);
    }
  }

  private void send(
      String topic, String key, byte @Nullable [] value, String user, Delivery delivery) {
    producer.send(
        new ProducerRecord<>(topic, null, delivery.receivedAt(), key.getBytes(UTF_8), value),
        delivery,
        metrics::accepted,
        refusal ->
            refuse(List.of("Kafka does not take it: " + refusal.getMessage()), user, delivery));
  }

  private void refuse(List<String> problems, String user, Delivery delivery) {
    Arrival arrival = delivery.arrival();
    ConfigError error =
        new ConfigError(arrival.topic(), Instant.ofEpochMilli(delivery.receivedAt()), problems);
    var unused =
        arrival
            .reply()
            .publish(MqttTopics.configErrors(user), error.json())
            .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((published, failure) -> answered(failure, delivery));
  }

  /**
   * Where the connection is gone, the refused comes again. Where it is not, the broker does not
   * take the answer, and what is wrong is let go all the same: it must not hold up what comes after
   * it.
   */
  private void answered(@Nullable Throwable failure, Delivery delivery) {
    if (failure == null) {
      answers.recovered();
    } else {
      answers.failed(failure);
    }
    metrics.refused();
    delivery.stored();
  }
}
