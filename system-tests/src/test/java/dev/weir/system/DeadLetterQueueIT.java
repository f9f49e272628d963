package dev.weir.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletters.Letter;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters as an operator meets them: {@code weir dlq} against the whole pipeline. */
@ExtendWith(SharedStack.class)
@Timeout(240)
class DeadLetterQueueIT {

  private static final String RETRY = "telemetry-retry";
  private static final int READINGS = 10_000;
  private static final int DEVICES = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String user = "dlq" + System.nanoTime();
  private final LocalStack stack;
  private final QueueOnStack queue;

  DeadLetterQueueIT(LocalStack stack) {
    this.stack = stack;
    this.queue = new QueueOnStack(stack);
  }

  /** Here a person decides; what the retry connector does has tests of its own. */
  @BeforeEach
  void pauseRetrying() throws Exception {
    ConnectRest connect = new ConnectRest(stack.connectUrl());
    if (connect.list().contains(RETRY)) {
      connect.pause(RETRY);
    }
  }

  @AfterEach
  void resumeRetrying() throws Exception {
    queue.close();
    ConnectRest connect = new ConnectRest(stack.connectUrl());
    if (connect.list().contains(RETRY)) {
      connect.resume(RETRY);
    }
  }

  @Test
  void replayStoresEveryRepairedReadingOnce_thoughItIsKilledInTheMiddle() throws Exception {
    sql("ALTER TABLE raw_telemetry ADD CONSTRAINT broken CHECK (user_id <> '%s') NOT VALID");
    for (int i = 0; i < READINGS; i++) {
      queue.send(user + "/d" + i % DEVICES, reading(i));
    }
    queue.flush();
    awaitLetters(READINGS);
    assertThat(rows()).isZero();

    Map<TopicPartition, Long> before = queue.ends();
    WeirCommand dryRun = dlq("replay", "--user", user, "--dry-run");
    assertThat(dryRun.text()).contains("10,000 dead letters would be replayed, 0 have to stay");
    assertThat(queue.ends()).as("a dry run changes nothing").isEqualTo(before);

    sql("ALTER TABLE raw_telemetry DROP CONSTRAINT broken");
    int left = replayAndKill();
    WeirCommand replay = dlq("replay", "--user", user);
    assertThat(replay.exitCode()).as(replay.text()).isZero();
    assertThat(replay.text()).contains("%,d dead letters replayed, 0 left".formatted(left));

    Awaitility.await("every row").atMost(PATIENCE).until(() -> rows() == READINGS);
    assertThat(number("SELECT count(DISTINCT (device_id, sequence_id)) FROM raw_telemetry"))
        .isEqualTo(READINGS);
    assertThat(number("SELECT sum(sequence_id) FROM raw_telemetry"))
        .isEqualTo((long) READINGS * (READINGS - 1) / 2);
    assertThat(queue.telemetryOf(user))
        .as("each reading stands in telemetry as it first came and as one replay")
        .hasSize(READINGS)
        .allSatisfy((reading, times) -> assertThat(times).isEqualTo(2));
    assertThat(dlq("list", "--user", user).text()).contains("No dead letter matches.");

    Map<TopicPartition, Long> after = queue.ends();
    assertThat(dlq("replay", "--user", user).text()).contains("0 dead letters replayed, 0 left");
    assertThat(queue.ends()).as("a second replay changes nothing").isEqualTo(after);
    assertThat(rows()).isEqualTo(READINGS);
  }

  /** Kills a replay once some letters are replayed; how many are left. */
  private int replayAndKill() throws Exception {
    Process replay =
        WeirCommand.start(
            "dlq", "replay", "--kafka", stack.bootstrapServers(), "--user", user, "--rate=500/s");
    try {
      Awaitility.await("some are replayed")
          .atMost(PATIENCE)
          .until(() -> queue.lettersOf(user).size() < READINGS);
    } finally {
      replay.destroyForcibly().waitFor();
    }
    assertThat(replay.exitValue()).as("it was in the middle").isNotZero();
    int left = queue.lettersOf(user).size();
    assertThat(left).isPositive().isLessThan(READINGS);
    return left;
  }

  @Test
  void whatIsRefusedAgainIsANewLetter_untilItIsDropped() throws Exception {
    byte[] payload = {'{', (byte) 0xff, 0, '\n', 0x1b};
    queue.send(user + "/d1", payload);
    queue.flush();
    Letter first = awaitLetters(1).get(0);
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(WeirCommand.runRaw(arguments("show", "--user", user, "--raw")).bytes())
        .as("the bytes as they were")
        .isEqualTo(payload);
    assertThat(dlq("show", first.id().toString()).text())
        .contains(first.id().toString(), "invalid_text", "sink", user + "/d1", "7b ff 00 0a 1b")
        .doesNotContain("\u001b");

    assertThat(dlq("replay", "--user", user, "--device", "d2").text()).contains("0 dead letters");
    assertThat(dlq("replay", "--user", user).text()).contains("1 dead letter replayed, 0 left");
    Awaitility.await("refused again")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(queue.lettersOf(user)).extracting(Letter::attempt).containsExactly(2));
    assertThat(dlq("show", first.id().toString()).text()).contains("settled");
    awaitMetricsEqualToList();
    assertThat(Metrics.of(stack.alerts()).value("weir_dead_letters_oldest_age_seconds"))
        .isPositive();

    WeirCommand unasked = dlq("drop", "--user", user);
    assertThat(unasked.exitCode()).isEqualTo(2);
    assertThat(unasked.text()).contains("this would drop 1 dead letter", "--yes");
    assertThat(queue.lettersOf(user)).hasSize(1);
    WeirCommand drop = dlq("drop", "--user", user, "--yes");
    assertThat(drop.text()).contains("dropped telemetry.dlq-", "1 dead letter dropped");
    assertThat(queue.lettersOf(user)).isEmpty();
    awaitMetricsEqualToList();
  }

  @Test
  void whatCannotBeReplayedIsNamedAndLeft() throws Exception {
    queue.send(user, "{}".getBytes(UTF_8));
    queue.flush();
    Awaitility.await("the letter").atMost(PATIENCE).until(() -> withKey(user).size() == 1);
    String id = withKey(user).get(0).id().toString();
    WeirCommand replay = dlq("replay", "--id", id);
    assertThat(replay.exitCode()).isEqualTo(1);
    assertThat(replay.text())
        .contains("left " + id + ": it has a key that names no device")
        .contains("0 dead letters replayed, 1 left");
    assertThat(withKey(user)).hasSize(1);
    assertThat(dlq("drop", "--id", id, "--yes").exitCode()).isZero();
    assertThat(withKey(user)).isEmpty();
  }

  @Test
  void saysInASentenceThatKafkaIsAway() throws Exception {
    WeirCommand list = WeirCommand.run("dlq", "list", "--kafka", "no.such.host.invalid:9092");
    assertThat(list.exitCode()).isEqualTo(3);
    assertThat(list.text().lines()).singleElement().asString().startsWith("weir: Kafka at no.such");
  }

  private void awaitMetricsEqualToList() {
    Awaitility.await("the gauges count what the list counts")
        .atMost(PATIENCE)
        .until(
            () ->
                Metrics.of(stack.alerts()).value("weir_dead_letters")
                    == queue.letters(letter -> true).size());
  }

  private List<Letter> awaitLetters(int count) {
    Awaitility.await(count + " dead letters")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> queue.lettersOf(user).size() == count);
    return queue.lettersOf(user);
  }

  private List<Letter> withKey(String key) {
    return queue.letters(
        letter -> {
          byte[] bytes = letter.key();
          return bytes != null && new String(bytes, UTF_8).equals(key);
        });
  }

  private WeirCommand dlq(String... options) throws Exception {
    return WeirCommand.run(arguments(options));
  }

  private String[] arguments(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "dlq";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "--kafka";
    all[options.length + 2] = stack.bootstrapServers();
    return all;
  }

  private byte[] reading(int i) {
    return ("{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":" + i + ",\"temperature\":20.5}")
        .getBytes(UTF_8);
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        Statement run = connection.createStatement()) {
      run.execute(statement.formatted(user));
    }
  }

  private long rows() throws Exception {
    return number("SELECT count(*) FROM raw_telemetry");
  }

  private long number(String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        Statement run = connection.createStatement();
        ResultSet result = run.executeQuery(query + " WHERE user_id = '" + user + "'")) {
      result.next();
      return result.getLong(1);
    }
  }
}
