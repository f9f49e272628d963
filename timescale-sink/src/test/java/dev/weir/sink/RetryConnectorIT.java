package dev.weir.sink;

import static dev.weir.sink.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DeadLetter;
import dev.weir.stack.ConnectRest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped retry connector on a real Connect worker, with a delay that tests can wait for. */
@ExtendWith(SharedWorker.class)
@Timeout(180)
class RetryConnectorIT {

  private static final Duration SOON = Pipe.SOON;

  @Test
  void storesTheLettersOnceTheTableTakesThem_andOverwritesNoRow(TestWorker worker)
      throws Exception {
    try (Pipe pipe = Pipe.running(worker, "mended");
        Pipe retry = retryOf(worker, "mended", "500", "60")) {
      pipe.send(0, 10);
      pipe.sendBad(0, 200);
      pipe.awaitRows(10);
      await().atMost(SOON).untilAsserted(() -> assertThat(pipe.letters()).hasSize(200));
      retry.apply();
      worker.connect().awaitRunning(retryName("mended"), SOON);
      worker.execute("ALTER TABLE mended DROP CONSTRAINT battery_range");

      pipe.awaitRows(200);
      assertThat(worker.value("SELECT count(*) FROM mended WHERE battery = 80"))
          .as("what was stored meanwhile is newer")
          .isEqualTo("10");
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(handled(worker, "mended")).isEqualTo(200));
      assertThat(parked(worker, "mended")).isEmpty();
      assertThat(pipe.letters()).hasSize(200);
    }
  }

  @Test
  void parksOnceWhatStaysBad_thoughTheWorkerIsKilledMeanwhile(TestWorker worker) throws Exception {
    try (Pipe pipe = Pipe.running(worker, "spoilt");
        Pipe retry = retryOf(worker, "spoilt", "3000", "2")) {
      ProducerRecord<byte[], byte[]> traced =
          new ProducerRecord<>("spoilt", bytes("u1/d0"), bytes(Pipe.badJson(0)));
      traced.headers().add("trace", bytes("abc"));
      worker.topics().send(traced);
      pipe.sendBad(1, 29);
      worker.topics().send(new ProducerRecord<>("spoilt", bytes("nobody"), bytes("{}")));
      worker.topics().flush();
      await().atMost(SOON).untilAsserted(() -> assertThat(pipe.letters()).hasSize(31));
      retry.apply();
      worker.connect().awaitRunning(retryName("spoilt"), SOON);
      worker.stack().connect().kill();
      worker.stack().connect().start();
      worker.stack().connect().awaitReady(SOON);
      await().atMost(SOON).untilAsserted(() -> assertThat(handled(worker, "spoilt")).isEqualTo(31));

      List<ConsumerRecord<byte[], byte[]>> parked = parked(worker, "spoilt");
      assertThat(parked).hasSize(31);
      assertThat(parked.stream().map(letter -> header(letter, DeadLetter.RETRY_OF)).distinct())
          .as("each letter is parked once")
          .hasSize(31);
      assertThat(letterOf(parked, "u1/d0")).satisfies(RetryConnectorIT::tellsItsStory);
      assertThat(headers(letterOf(parked, "nobody")))
          .containsEntry(DeadLetter.REASON, "invalid_identity")
          .containsEntry(DeadLetter.ATTEMPT, "1");
      assertThat(pipe.rows()).isEqualTo("0");
    }
  }

  private static void tellsItsStory(ConsumerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = headers(letter);
    assertThat(headers)
        .containsEntry("trace", "abc")
        .containsEntry(DeadLetter.REASON, "database_refused")
        .containsEntry(DeadLetter.STAGE, "sink")
        .containsEntry(DeadLetter.ATTEMPT, "3")
        .hasSize(8);
    assertThat(headers.get(DeadLetter.SOURCE)).matches("spoilt-\\d+@\\d+");
    assertThat(headers.get(DeadLetter.RETRY_OF)).matches("spoilt\\.dlq-\\d+@\\d+");
    assertThat(headers.get(DeadLetter.DETAIL)).contains("23514", "battery_range");
  }

  @Test
  void refusesToReadItsOwnDeadLetters(TestWorker worker) {
    Pipe endless = new Pipe(worker, "telemetry-retry", "endless", "telemetry.dlq", "telemetry.dlq");
    assertThatThrownBy(endless::apply)
        .isInstanceOf(ConnectRest.RefusedException.class)
        .hasMessageContaining("'telemetry.dlq' may not be included in the list of topics");
  }

  private static Pipe retryOf(TestWorker worker, String pipe, String delay, String attempts)
      throws Exception {
    String parked = pipe + ".parked";
    worker.topics().create(parked, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    Pipe retry = new Pipe(worker, "telemetry-retry", retryName(pipe), pipe + ".dlq", parked);
    retry.set("table", pipe);
    retry.set("retry.delay.ms", delay);
    retry.set("retry.attempts", attempts);
    return retry;
  }

  private static String retryName(String pipe) {
    return pipe + "-retry";
  }

  /** How many letters the retry has committed. */
  private static long handled(TestWorker worker, String pipe) throws Exception {
    return worker.topics().committed(retryName(pipe));
  }

  private static List<ConsumerRecord<byte[], byte[]>> parked(TestWorker worker, String pipe) {
    return worker.topics().read(pipe + ".parked");
  }

  private static ConsumerRecord<byte[], byte[]> letterOf(
      List<ConsumerRecord<byte[], byte[]>> letters, String key) {
    return letters.stream()
        .filter(letter -> new String(letter.key(), StandardCharsets.UTF_8).equals(key))
        .filter(letter -> key.equals("nobody") || letter.headers().lastHeader("trace") != null)
        .findFirst()
        .orElseThrow();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return headers(letter).getOrDefault(name, "");
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> letter) {
    Map<String, List<String>> all = new TreeMap<>();
    letter
        .headers()
        .forEach(
            h ->
                all.computeIfAbsent(h.key(), k -> new ArrayList<>())
                    .add(new String(h.value(), StandardCharsets.UTF_8)));
    return all.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> String.join(" AND ", e.getValue())));
  }
}
