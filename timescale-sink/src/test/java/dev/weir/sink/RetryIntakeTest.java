package dev.weir.sink;

import static dev.weir.sink.FakeReporter.header;
import static dev.weir.sink.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DeadLetter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryIntakeTest {

  private static final Instant REFUSED = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration DELAY = Duration.ofSeconds(60);
  private static final TopicPartition PARTITION = new TopicPartition("telemetry.dlq", 1);

  private static final Delivery.Outcome NOTHING = Delivery.Outcome.NOTHING;

  /** Room for four letters. */
  private static final long BYTES = 4 * 2200;

  private final FakeContext context = new FakeContext();
  private final FakeReporter queue = context.reporter;
  private final MovableClock clock = new MovableClock(REFUSED.plusSeconds(10));
  private boolean tableRefuses = true;
  private final FakeTarget target = new FakeTarget(row -> tableRefuses);
  private final RetryIntake intake = newIntake();

  @BeforeEach
  void assign() {
    context.assigned.add(PARTITION);
  }

  private RetryIntake newIntake() {
    SinkSettings settings =
        Records.settings("retry.attempts", "3", "retry.delay.ms", Long.toString(DELAY.toMillis()));
    return new RetryIntake(
        settings,
        target,
        new RowMapper(settings, clock),
        new DeadLetters(queue, clock),
        context,
        clock,
        BYTES);
  }

  @Test
  void leavesALetterAloneUntilItIsOldEnough_andIsWokenThen() throws Exception {
    assertThat(take(letter(5))).isEqualTo(NOTHING);
    assertThat(context.timeoutMs).isEqualTo(50_000);
    clock.move(Duration.ofSeconds(49));
    assertThat(take()).isEqualTo(NOTHING);
    assertThat(target.batchSizes).isEmpty();
    assertThat(settled()).hasValue(5);
    assertThat(intake.waiting()).isEqualTo(1);
  }

  @Test
  void storesWhatTheTableTakesNow() throws Exception {
    tableRefuses = false;
    take(letter(5), letter(6));
    clock.move(DELAY);
    assertThat(take()).isEqualTo(new Delivery.Outcome(2, 0, 0, 0));
    assertThat(target.stored.values()).containsExactly(5L, 6L);
    assertThat(queue.letters).isEmpty();
    assertThat(settled()).hasValue(7);
    assertThat(intake.waiting()).isZero();
  }

  @Test
  void triesAsOftenAsItIsSet_thenParksOnceWithTheWholeStory() throws Exception {
    SinkRecord letter = letter(17);
    letter.headers().addBytes("trace", bytes("abc"));
    take(letter);
    for (int attempt = 1; attempt < 3; attempt++) {
      clock.move(DELAY);
      assertThat(take()).isEqualTo(new Delivery.Outcome(0, 0, 0, 1));
      assertThat(take()).as("not again before the delay").isEqualTo(NOTHING);
      assertThat(settled()).hasValue(17);
    }
    clock.move(DELAY);
    assertThat(take()).isEqualTo(new Delivery.Outcome(0, 0, 1, 1));
    assertThat(settled()).hasValue(18);
    assertThat(context.commitRequests).isEqualTo(1);
    clock.move(DELAY);
    assertThat(take()).isEqualTo(NOTHING);

    assertThat(target.batchSizes).hasSize(3);
    assertThat(queue.letters).hasSize(1);
    SinkRecord parked = queue.letters.get(0);
    assertThat(parked.value()).isSameAs(letter.value());
    assertThat(parked.key()).isSameAs(letter.key());
    assertThat(header(parked, DeadLetter.REASON)).isEqualTo("database_refused");
    assertThat(header(parked, DeadLetter.DETAIL)).contains("23514");
    assertThat(header(parked, DeadLetter.STAGE)).isEqualTo("sink");
    assertThat(header(parked, DeadLetter.SOURCE)).isEqualTo("telemetry-7@99");
    assertThat(header(parked, DeadLetter.RETRY_OF)).isEqualTo("telemetry.dlq-1@17");
    assertThat(header(parked, DeadLetter.ATTEMPT)).isEqualTo("4");
    assertThat(header(parked, DeadLetter.TIME)).isEqualTo("2026-01-01T12:03:10Z");
    assertThat(header(parked, "trace")).isEqualTo("abc");
    assertThat(parked.headers()).hasSize(8);
  }

  @Test
  void commitsNothingBeyondTheFirstThatWaits() throws Exception {
    tableRefuses = false;
    take(letter(5, REFUSED.plusSeconds(600)), letter(6, REFUSED));
    clock.move(DELAY);
    assertThat(take()).isEqualTo(new Delivery.Outcome(1, 0, 0, 0));
    assertThat(settled()).hasValue(5);
  }

  @Test
  void parksAtOnceWhatCannotBecomeARow() throws Exception {
    SinkRecord alert = letter(1);
    alert.headers().remove(DeadLetter.SOURCE).addBytes(DeadLetter.SOURCE, bytes("alerts-3@8"));
    SinkRecord beginning = letter(2);
    beginning.headers().addBytes("weir.original_length", bytes("5000000"));
    SinkRecord nobody = Records.letter(3, bytes("users/u1/devices"), REFUSED);
    SinkRecord foreign = Records.letter(4, null, REFUSED);
    foreign.headers().clear();

    assertThat(take(alert, beginning, nobody, foreign)).isEqualTo(new Delivery.Outcome(0, 0, 4, 0));
    assertThat(settled()).hasValue(5);
    assertThat(target.batchSizes).isEmpty();

    SinkRecord parked = queue.letters.get(0);
    assertThat(header(parked, DeadLetter.SOURCE)).isEqualTo("alerts-3@8");
    assertThat(header(parked, DeadLetter.REASON)).as("as it was").isEqualTo("wrong_type");
    assertThat(header(parked, DeadLetter.ATTEMPT)).as("no attempt was made").isEqualTo("1");
    assertThat(header(parked, DeadLetter.RETRY_OF)).isEqualTo("telemetry.dlq-1@1");
    assertThat(header(queue.letters.get(1), "weir.original_length")).isEqualTo("5000000");
    assertThat(header(queue.letters.get(3), DeadLetter.REASON)).isEqualTo("invalid_identity");
    assertThat(header(queue.letters.get(3), DeadLetter.SOURCE)).isEqualTo("telemetry.dlq-1@4");
  }

  @Test
  void parksNothingBeforeAnEarlierLetterIsDone_soThatACrashDoesNotParkItAgain() throws Exception {
    take(letter(1), Records.letter(2, null, REFUSED), letter(3));
    assertThat(queue.letters).isEmpty();
    tableRefuses = false;
    clock.move(DELAY);
    assertThat(take()).isEqualTo(new Delivery.Outcome(2, 0, 1, 0));
    assertThat(queue.offsets()).containsExactly(2L);
    assertThat(settled()).hasValue(4);
  }

  @Test
  void keepsWhatWaits_whenTheDatabaseIsAway_andCountsNoAttempt() throws Exception {
    take(letter(5));
    clock.move(DELAY);
    for (int outage = 0; outage < 5; outage++) {
      target.faults.add(new SQLException("starting up", "57P03"));
      assertThatThrownBy(this::take).isInstanceOf(SQLException.class);
      assertThat(intake.failed(Duration.ofSeconds(5))).as("Connect need not repeat").isFalse();
      assertThat(take(letter(6 + outage))).as("not before the wait").isEqualTo(NOTHING);
      assertThat(settled()).hasValue(5);
      clock.move(Duration.ofSeconds(5));
    }
    tableRefuses = false;
    clock.move(DELAY);
    assertThat(take()).isEqualTo(new Delivery.Outcome(6, 0, 0, 0));
    assertThat(queue.letters).isEmpty();
  }

  @Test
  void parksNothingTwice_whenTheDatabaseGoesAwayInTheSameDelivery() throws Exception {
    take(Records.letter(5, bytes(Records.DEVICE_KEY), REFUSED, "{"), letter(6));
    for (int attempt = 1; attempt < 3; attempt++) {
      clock.move(DELAY);
      take();
    }
    clock.move(DELAY);
    tableRefuses = false;
    target.faults.add(new SQLException("terminating connection", "57P01"));
    assertThatThrownBy(this::take).isInstanceOf(SQLException.class);
    assertThat(settled()).hasValue(5);
    assertThat(intake.failed(Duration.ZERO)).isFalse();
    take();
    assertThat(queue.offsets()).containsExactly(5L);
    assertThat(target.stored.values()).containsExactly(6L);
    assertThat(settled()).hasValue(7);
  }

  @Test
  void pausesWhenItHoldsEnough_andResumesWhenThereIsRoom() throws Exception {
    take(letter(1), letter(2), letter(3), letter(4), letter(5));
    assertThat(context.paused).containsExactly(PARTITION);
    tableRefuses = false;
    clock.move(DELAY);
    take();
    assertThat(context.paused).isEmpty();
  }

  @Test
  void forgetsThePartitionsThatGo() throws Exception {
    take(letter(1), letter(2), letter(3), letter(4), letter(5));
    intake.forget(List.of(PARTITION));
    assertThat(intake.waiting()).isZero();
    assertThat(settled()).isEmpty();
    clock.move(DELAY);
    assertThat(take()).isEqualTo(NOTHING);
    assertThat(context.paused).isEmpty();
  }

  @Test
  void commitsNothing_whenTheParkingLotRefuses() throws Exception {
    take(letter(5));
    clock.move(DELAY);
    take();
    clock.move(DELAY);
    take();
    clock.move(DELAY);
    queue.refuses = true;
    assertThatThrownBy(this::take).isInstanceOf(ConnectException.class);
    assertThat(settled()).hasValue(5);
    assertThatThrownBy(() -> take(Records.letter(6, null, REFUSED)))
        .isInstanceOf(ConnectException.class);
    assertThat(settled()).hasValue(5);
  }

  private Delivery.Outcome take(SinkRecord... letters) throws SQLException {
    return intake.take(List.of(letters), 1000);
  }

  private OptionalLong settled() {
    return intake.settled(PARTITION);
  }

  private static SinkRecord letter(long offset) {
    return letter(offset, REFUSED);
  }

  private static SinkRecord letter(long offset, Instant refused) {
    return Records.letter(offset, bytes(Records.DEVICE_KEY), refused);
  }
}
