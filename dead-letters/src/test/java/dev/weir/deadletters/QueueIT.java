package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DeadLetter;
import dev.weir.model.KafkaTopics;
import dev.weir.model.RecordPosition;
import dev.weir.stack.LocalStack;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queue in a real Kafka. Each test has a user of its own. */
@Timeout(120)
class QueueIT {

  @TempDir static Path directory;
  private static LocalStack stack;
  private static QueueInKafka kafka;
  private static KafkaAccess access;

  private String user;
  private String device;

  /** Remembers what it heard. */
  private static class Heard implements Settler.Listener {
    private final List<RecordPosition> settled = new ArrayList<>();
    private final List<RecordPosition> left = new ArrayList<>();

    @Override
    public void settled(List<Settlement> batch) {
      batch.forEach(settlement -> settled.add(settlement.letter().id()));
    }

    @Override
    public void left(Letter letter, String why) {
      left.add(letter.id());
    }
  }

  @BeforeAll
  static void start() {
    stack = LocalStack.builder(directory).kafka().start();
    kafka = new QueueInKafka(stack.bootstrapServers());
    access = new KafkaAccess(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    kafka.close();
    stack.close();
  }

  @BeforeEach
  void nameTheUser(TestInfo test) {
    user = test.getTestMethod().orElseThrow().getName();
    device = user + "/d1";
  }

  @Test
  void isWhatWaitsAndWhatIsParked_withoutWhatWasRetried() throws Exception {
    RecordPosition stored = kafka.refuse(device, "stored by the retry");
    RecordPosition refused = kafka.refuse(device, "refused again");
    RecordPosition waiting = kafka.refuse(device, "not tried yet");
    RecordPosition parked = kafka.park(device, "refused again", refused);
    assertThat(queue()).containsExactlyInAnyOrder(stored, refused, waiting, parked);

    kafka.retriedTo(waiting);
    assertThat(queue()).containsExactlyInAnyOrder(waiting, parked);
    try (QueueView view = QueueView.open(access)) {
      assertThat(view.standing(view.find(stored).orElseThrow()))
          .isEqualTo(QueueView.Standing.RETRIED);
      assertThat(view.standing(view.find(parked).orElseThrow()))
          .isEqualTo(QueueView.Standing.QUEUED);
      assertThat(view.find(new RecordPosition(KafkaTopics.PARKED, 0, 1_000_000))).isEmpty();
      assertThat(view.find(new RecordPosition(KafkaTopics.PARKED, 7, 0))).isEmpty();
    }
  }

  @Test
  void aReplayedLetterIsBackInItsTopicOnce_andOutOfTheQueueWithItsCopies() throws Exception {
    RecordPosition letter = kafka.refuse(device, "{\"a\":1}");
    RecordPosition copy = kafka.refuse(device, "{\"a\":1}");
    RecordPosition parked = kafka.park(device, "{\"a\":1}", letter);

    assertThat(replay().settled).containsExactly(letter);

    assertThat(queue()).isEmpty();
    assertThat(settledAs(letter, copy, parked)).containsOnly("replayed");
    List<ConsumerRecord<byte[], byte[]>> replayed = kafka.committed(KafkaTopics.TELEMETRY, device);
    assertThat(replayed).hasSize(1);
    assertThat(replayed.get(0).value()).isEqualTo("{\"a\":1}".getBytes(UTF_8));
    assertThat(new String(replayed.get(0).headers().lastHeader(DeadLetter.ATTEMPT).value(), UTF_8))
        .isEqualTo("1");

    assertThat(replay().settled).as("a second replay finds nothing").isEmpty();
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device)).hasSize(1);
  }

  @Test
  void aParkedLetterIsOutOfTheQueue_whenTheOneThatWasRetriedIsReplayed() throws Exception {
    RecordPosition letter = kafka.refuse(device, "before its retry");
    assertThat(replay().settled).containsExactly(letter);
    kafka.park(device, "before its retry, with other bytes", letter);
    assertThat(queue()).isEmpty();
  }

  @Test
  void whatADeadReplayHadNotCommittedIsReplayedByTheNext() throws Exception {
    RecordPosition letter = kafka.refuse(device, "x");
    try (Producer<byte[], byte[]> dead = access.producer(SettlementWriter.TRANSACTIONAL_ID)) {
      dead.initTransactions();
      dead.beginTransaction();
      dead.send(new ProducerRecord<>(KafkaTopics.TELEMETRY, device.getBytes(UTF_8), new byte[1]))
          .get();
      byte[] settled = letter.toString().getBytes(UTF_8);
      dead.send(new ProducerRecord<>(KafkaTopics.SETTLED, settled, "{}".getBytes(UTF_8))).get();

      assertThat(replay().settled).containsExactly(letter);
      assertThatThrownBy(dead::commitTransaction).isInstanceOf(RuntimeException.class);
    }
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device))
        .singleElement()
        .satisfies(copy -> assertThat(copy.value()).isEqualTo("x".getBytes(UTF_8)));
  }

  @Test
  void theSecondReplayEndsTheFirst() throws Exception {
    kafka.refuse(device, "x");
    try (SettlementWriter first = SettlementWriter.open(access);
        QueueView view = QueueView.open(access)) {
      Settler settler = settler(view, Decision.replayInto(view.topics()));
      settler.plan(new Heard());
      assertThat(replay().settled).hasSize(1);
      assertThatThrownBy(() -> settler.settle(first, 1_000, new Heard()))
          .isInstanceOf(DeadLettersException.class)
          .hasMessageContaining("another replay or drop has begun");
    }
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device)).hasSize(1);
  }

  @Test
  void whatCannotBeReplayedStays_andTheRestIsReplayed() throws Exception {
    RecordPosition foreign =
        kafka.send(KafkaTopics.DEAD_LETTERS, device, "no headers", Map.of("other", "1"));
    RecordPosition gone =
        kafka.send(KafkaTopics.DEAD_LETTERS, device, "y", Letters.refusedRow("no.such.topic-0@1"));
    RecordPosition large = kafka.refuse(device, noise(2_000_000));
    RecordPosition good = kafka.refuse(device, "good");

    Heard heard = replay();
    assertThat(heard.settled).containsExactly(good);
    assertThat(heard.left)
        .as("no source; no such topic; larger than a record of telemetry may be")
        .containsExactlyInAnyOrder(foreign, gone, large);
    assertThat(queue()).containsExactlyInAnyOrder(foreign, gone, large);
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device)).hasSize(1);
  }

  @Test
  void aDroppedLetterIsOutOfTheQueue_andWrittenDown() throws Exception {
    RecordPosition letter = kafka.refuse(device, "x");
    try (SettlementWriter writer = SettlementWriter.open(access);
        QueueView view = QueueView.open(access)) {
      Settler settler = settler(view, Decision.DROP);
      assertThat(settler.plan(new Heard()).letters()).isEqualTo(1);
      RecordPosition later = kafka.refuse(device, "came after the count");
      Heard heard = new Heard();
      settler.settle(writer, 1_000, heard);
      assertThat(heard.settled).containsExactly(letter);
      assertThat(queue()).containsExactly(later);
    }
    assertThat(settledAs(letter)).containsOnly("dropped");
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device)).isEmpty();
  }

  @Test
  void stopsBetweenBatches_andGoesOnLater() throws Exception {
    int letters = 40;
    for (int i = 0; i < letters; i++) {
      kafka.refuse(device, "v" + i);
    }
    try (SettlementWriter writer = SettlementWriter.open(access);
        QueueView view = QueueView.open(access)) {
      Settler settler = settler(view, Decision.replayInto(view.topics()));
      settler.plan(new Heard());
      Heard heard =
          new Heard() {
            @Override
            public void settled(List<Settlement> batch) {
              super.settled(batch);
              settler.stop();
            }
          };
      settler.settle(writer, 10, heard);
      assertThat(heard.settled).as("one batch, which the rate makes small").hasSize(10);
    }
    assertThat(replay().settled).hasSize(letters - 10);
    assertThat(kafka.committed(KafkaTopics.TELEMETRY, device))
        .extracting(copy -> new String(copy.value(), UTF_8))
        .hasSize(letters)
        .doesNotHaveDuplicates();
  }

  @Test
  void saysInASentenceThatKafkaIsAway() {
    KafkaAccess nowhere =
        new KafkaAccess(
            Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "default.api.timeout.ms", "500",
                "request.timeout.ms", "400"));
    assertThatThrownBy(() -> QueueView.open(nowhere))
        .isInstanceOf(DeadLettersException.class)
        .hasMessage("Kafka at 127.0.0.1:1 does not answer");
    assertThatThrownBy(() -> QueueView.open(new KafkaAccess(Map.of("bootstrap.servers", "x"))))
        .isInstanceOf(DeadLettersException.class)
        .hasMessageContaining("Kafka at x: ");
  }

  /** Compression makes little of it. */
  private static String noise(int length) {
    return new Random(1)
        .ints(length, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Heard replay() {
    Heard heard = new Heard();
    try (SettlementWriter writer = SettlementWriter.open(access);
        QueueView view = QueueView.open(access)) {
      Settler settler = settler(view, Decision.replayInto(view.topics()));
      settler.plan(heard);
      settler.settle(writer, 1_000_000, heard);
    }
    return heard;
  }

  private Settler settler(QueueView view, Function<Letter, Decision> policy) {
    return new Settler(view, ofUser(), policy);
  }

  private LetterFilter ofUser() {
    return new LetterFilter(Set.of(), null, user, null, null, (Instant) null, Set.of(), null);
  }

  private List<RecordPosition> queue() {
    List<RecordPosition> ids = new ArrayList<>();
    try (QueueView view = QueueView.open(access)) {
      view.each(
          letter -> {
            if (ofUser().matches(letter)) {
              ids.add(letter.id());
            }
            return true;
          });
    }
    return ids;
  }

  private static List<String> settledAs(RecordPosition... letters) {
    List<String> as = new ArrayList<>();
    for (RecordPosition letter : letters) {
      List<ConsumerRecord<byte[], byte[]>> markers =
          kafka.committed(KafkaTopics.SETTLED, letter.toString());
      assertThat(markers).as("markers of %s", letter).hasSize(1);
      Optional<Marker> marker = Marker.parse(markers.get(0).key(), markers.get(0).value());
      as.add(marker.orElseThrow().fields().get(Marker.AS));
    }
    return as;
  }
}
