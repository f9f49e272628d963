package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.KafkaTopics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserMessagesTest {

  private static final String CONFIG = "users/u1/config";
  private static final String MANAGE = "users/u1/alerts/manage";
  private static final String RULE =
      "{\"id\":\"hot\",\"kind\":\"HIGH\",\"metric\":\"temperature\",\"raise\":30,\"clear\":28}";

  private final Carrying carrying = new Carrying();

  @AfterEach
  void theEquationHolds() {
    carrying.assertBalanced();
  }

  private void arrive(String topic, String payload) {
    carrying.arrive("a", topic, payload.getBytes(UTF_8));
  }

  private double counted(String outcome) {
    return carrying
        .registry
        .get("weir.bridge.user.messages")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void rulesGoToKafkaUnderTheUserBeforeTheyAreAcknowledged() {
    arrive(CONFIG, "{\"rules\":[" + RULE + "]}");

    ProducerRecord<byte[], byte[]> record = carrying.last();
    assertThat(record.topic()).isEqualTo(KafkaTopics.ALERT_RULES);
    assertThat(new String(record.key(), UTF_8)).isEqualTo("u1");
    assertThat(new String(record.value(), UTF_8)).contains("\"id\":\"hot\"", "\"raise\":30");
    assertThat(carrying.acknowledged).isEmpty();
    carrying.kafka.completeNext();
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(counted("accepted")).isEqualTo(1);
    assertThat(carrying.replies).isEmpty();
  }

  @Test
  void rulesForOneDeviceGoUnderTheDevice() {
    arrive(CONFIG, "{\"device_id\":\"d7\",\"rules\":[" + RULE + "]}");
    carrying.kafka.completeNext();

    assertThat(new String(carrying.last().key(), UTF_8)).isEqualTo("u1/d7");
    assertThat(new String(carrying.last().value(), UTF_8)).doesNotContain("device_id");
  }

  @Test
  void theSeedSystemsFormIsConverted() {
    arrive(CONFIG, "{\"temperature_max\": 30.0}");
    carrying.kafka.completeNext();

    assertThat(new String(carrying.last().value(), UTF_8)).contains("\"kind\":\"HIGH\"");
  }

  @Test
  void anEmptyPayloadRemovesTheRulesOfTheUser() {
    arrive(CONFIG, "");
    carrying.kafka.completeNext();

    assertThat(new String(carrying.last().key(), UTF_8)).isEqualTo("u1");
    assertThat(carrying.last().value()).isNull();
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void noRulesForADeviceRemoveItsRules() {
    arrive(CONFIG, "{\"device_id\":\"d7\",\"rules\":[]}");
    carrying.kafka.completeNext();

    assertThat(new String(carrying.last().key(), UTF_8)).isEqualTo("u1/d7");
    assertThat(carrying.last().value()).isNull();
  }

  @Test
  void wrongRulesAreAnsweredWithEveryProblemAndThenAcknowledged() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    carrying.replied = answer;
    arrive(CONFIG, "{\"rules\":[" + RULE + ",{\"id\":\"b\",\"kind\":\"HUGE\",\"raise\":\"x\"}]}");

    assertThat(carrying.kafka.history()).isEmpty();
    assertThat(carrying.replies).hasSize(1);
    assertThat(carrying.replies.get(0))
        .startsWith("users/u1/config/errors {\"topic\":\"users/u1/config\",")
        .contains("\"time\":\"2026-01-01T00:00:10Z\"", "rules[1].kind: ");
    assertThat(carrying.acknowledged).isEmpty();
    answer.complete(null);
    assertThat(carrying.acknowledged).containsExactly("a");
    assertThat(counted("refused")).isEqualTo(1);
  }

  @Test
  void aUserNamedLikeEverybodysRulesHasNone() {
    arrive("users/default/config", "{\"rules\":[" + RULE + "]}");

    assertThat(carrying.kafka.history()).isEmpty();
    assertThat(carrying.replies.get(0)).startsWith("users/default/config/errors ");
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void whatIsWrongHoldsNothingUp_whenTheBrokerDoesNotTakeTheAnswer() {
    carrying.replied = CompletableFuture.failedFuture(new IllegalStateException("not authorized"));
    arrive(CONFIG, "nonsense");

    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void whatIsWrongComesAgain_whenTheConnectionBreaksBeforeTheAnswer() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    carrying.replied = answer;
    arrive(CONFIG, "nonsense");
    carrying.epoch.end(EpochEnd.Cause.DISCONNECTED, "gone");
    answer.completeExceptionally(new IllegalStateException("gone"));

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.inFlight.count()).isZero();
  }

  @Test
  void aCommandGoesToItsDeviceByteForByte() {
    String command =
        "{\"device_id\":\"d1\",\"rule_id\":\"hot\",\"action\":\"SNOOZE\",\"duration_minutes\":5}";
    arrive(MANAGE, command);
    carrying.kafka.completeNext();

    assertThat(carrying.last().topic()).isEqualTo(KafkaTopics.ALERT_COMMANDS);
    assertThat(new String(carrying.last().key(), UTF_8)).isEqualTo("u1/d1");
    assertThat(new String(carrying.last().value(), UTF_8)).isEqualTo(command);
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void aWrongCommandIsAnswered() {
    arrive(MANAGE, "{\"action\":\"SNOOZE\"}");

    assertThat(carrying.kafka.history()).isEmpty();
    assertThat(carrying.replies.get(0))
        .startsWith("users/u1/config/errors {\"topic\":\"users/u1/alerts/manage\",")
        .contains("device_id: ", "duration_minutes: ");
    assertThat(carrying.acknowledged).containsExactly("a");
  }

  @Test
  void aNameThatIsTooLongToAnswerToIsDeadLettered() {
    for (String user : List.of("u".repeat(65_000), "")) {
      arrive("users/" + user + "/config", "nonsense");
      assertThat(carrying.last().topic()).isEqualTo(KafkaTopics.DEAD_LETTERS);
      carrying.kafka.completeNext();
    }
    assertThat(carrying.replies).isEmpty();
    assertThat(carrying.acknowledged).hasSize(2);
  }

  @Test
  void comesAgain_whenKafkaFails() {
    arrive(CONFIG, "{\"rules\":[" + RULE + "]}");
    carrying.kafka.errorNext(new TimeoutException("gave up"));

    assertThat(carrying.acknowledged).isEmpty();
    assertThat(carrying.epoch.over()).isTrue();
    assertThat(counted("abandoned")).isEqualTo(1);
  }

  @Test
  void isAnswered_whenKafkaRefusesIt() {
    arrive(CONFIG, "{\"rules\":[" + RULE + "]}");
    carrying.kafka.errorNext(new RecordTooLargeException("over the topic's limit"));

    assertThat(carrying.replies.get(0)).contains("over the topic's limit");
    assertThat(carrying.acknowledged).containsExactly("a");
  }
}
