package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.bridge.FakeBroker.FakeConnection;
import dev.weir.runtime.OutageLog;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class SlotSessionTest {

  private final Carrying carrying = new Carrying();
  private final FakeBroker broker = new FakeBroker();
  private final BlockingQueue<CompletableFuture<Boolean>> leases = new LinkedBlockingQueue<>();
  private volatile CompletableFuture<Boolean> markAnswer = CompletableFuture.completedFuture(true);
  private volatile boolean drainedWhenItGetsItsLease;
  private final InFlight inFlight = new InFlight();
  private final AtomicBoolean clockApart = new AtomicBoolean();
  private final SlotSession session =
      new SlotSession(
          3,
          inFlight,
          new SlotSession.Surroundings(
              new Lease() {
                @Override
                public CompletableFuture<Boolean> renew() {
                  CompletableFuture<Boolean> lease = new CompletableFuture<>();
                  leases.add(lease);
                  if (drainedWhenItGetsItsLease) {
                    drain();
                    lease.complete(true);
                  }
                  return lease;
                }

                @Override
                public CompletableFuture<Boolean> mark(Mark mark) {
                  broker.log.add(mark == Mark.BEHIND ? "marked" : "current");
                  return markAnswer;
                }
              },
              broker,
              carrying.pipeline,
              Carrying::backlog,
              clockApart::get,
              new OutageLog(LoggerFactory.getLogger(SlotSessionTest.class), "the test's broker"),
              Duration.ofSeconds(10),
              Duration.ofSeconds(1)));

  @BeforeEach
  void start() {
    session.start();
  }

  @AfterEach
  void stop() {
    session.drop();
  }

  private void drain() {
    var unused = session.drain();
  }

  private CompletableFuture<Boolean> lease() throws InterruptedException {
    return Objects.requireNonNull(leases.poll(10, SECONDS), "no lease was asked for");
  }

  private FakeConnection connect() throws InterruptedException {
    lease().complete(true);
    return connected();
  }

  private FakeConnection connected() throws InterruptedException {
    return Objects.requireNonNull(broker.connections.poll(10, SECONDS), "no connect");
  }

  private FakeConnection subscribed() throws InterruptedException {
    FakeConnection connection = connect();
    connection.answer.complete(true);
    await().until(session::subscribed);
    return connection;
  }

  private static byte[] reading() {
    return Carrying.reading(1).getBytes(UTF_8);
  }

  @Test
  void connectsOnlyWithALease() throws InterruptedException {
    CompletableFuture<Boolean> first = lease();
    assertThat(broker.log).isEmpty();
    first.completeExceptionally(new IllegalStateException("fenced"));

    CompletableFuture<Boolean> second = lease();
    assertThat(broker.log).isEmpty();
    assertThat(session.state()).isEqualTo("slot 3 waits for its lease");
    second.complete(true);
    await().until(() -> broker.log.contains("open"));
  }

  @Test
  void takesALeaseBeforeEveryConnect() throws InterruptedException {
    subscribed().epoch.end(EpochEnd.Cause.TAKEN_OVER, "session taken over");

    assertThat(lease()).isNotDone();
    assertThat(broker.log).containsExactly("open", "marked", "closed");
    assertThat(session.subscribed()).isFalse();
  }

  @Test
  void tellsTheOthersThatItIsBehind_whileTheClockHereIsWrong() throws InterruptedException {
    subscribed();
    await().until(() -> !session.behind());
    clockApart.set(true);
    await().until(session::behind);
    clockApart.set(false);
    await().until(() -> !session.behind());

    assertThat(broker.log).containsExactly("open", "marked", "current", "marked", "current");
  }

  @Test
  void isNotReady_whenTheSubscriptionIsRefused() throws InterruptedException {
    connect()
        .answer
        .completeExceptionally(
            new CompletionException(new MqttConnection.SubscribeRefused("not authorized")));

    assertThat(lease()).isNotDone();
    assertThat(session.subscribed()).isFalse();
    assertThat(
            carrying
                .registry
                .get("weir.bridge.epochs.ended")
                .tag("cause", "subscribe_refused")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void beginsAnewAfterAFailedSendOnceNothingIsInFlight() throws InterruptedException {
    FakeConnection connection = subscribed();
    connection.deliver("a", reading());
    connection.deliver("b", reading());
    carrying.kafka.errorNext(new TimeoutException("gave up"));

    await().until(() -> broker.log.contains("closed"));
    assertThat(leases.poll(300, MILLISECONDS)).isNull();
    assertThat(session.state()).contains("until Kafka has settled");

    carrying.kafka.completeNext();
    assertThat(lease()).isNotDone();
    assertThat(broker.log).doesNotContain("acknowledged a", "acknowledged b");
  }

  @Test
  void acknowledgesBeforeItDisconnects_whenDrained() throws InterruptedException {
    FakeConnection connection = subscribed();
    connection.deliver("a", reading());
    CompletableFuture<Void> drained = session.drain();
    await().until(() -> session.state().equals("slot 3 is draining"));
    assertThat(drained).isNotDone();
    carrying.kafka.completeNext();

    drained.join();
    assertThat(broker.log).containsExactly("open", "marked", "acknowledged a", "closed");
  }

  @Test
  void leavesToTheBrokerWhatKafkaDoesNotSettleInTime_whenDrained() throws InterruptedException {
    FakeConnection connection = subscribed();
    connection.deliver("a", reading());
    session.drain().join();
    carrying.kafka.completeNext();

    assertThat(broker.log).containsExactly("open", "marked", "closed");
    assertThat(carrying.count("weir.bridge.messages.abandoned")).isEqualTo(1);
  }

  @Test
  void letsGoAtOnce_whenDropped() throws InterruptedException {
    FakeConnection connection = subscribed();
    connection.deliver("a", reading());
    session.drop();

    await().until(() -> session.state().equals("slot 3 is stopped"));
    assertThat(broker.log).containsExactly("open", "marked", "closed");
  }

  @Test
  void stopsWithoutConnecting_whenDrainedWhileItWaitsForItsLease() throws InterruptedException {
    assertThat(lease()).isNotDone();
    session.drain().join();

    assertThat(broker.log).isEmpty();
  }

  @Test
  void closesAConnectionThatWasUnderWay_whenDrained() throws InterruptedException {
    connect();
    session.drain().join();

    assertThat(broker.log).containsExactly("open", "closed");
  }

  @Test
  void waitsForTheSubscriptionAndMarksIt_whenDrainedWhileItSubscribes()
      throws InterruptedException {
    lease().complete(false);
    FakeConnection connection = connected();
    CompletableFuture<Void> drained = session.drain();
    await().until(() -> session.state().equals("slot 3 is draining"));
    connection.deliver("a", reading());
    connection.answer.complete(true);

    drained.join();
    assertThat(broker.log).containsExactly("open, to subscribe", "closed", "marked");
  }

  @Test
  void asksAgainForAMarkThatWasNotGranted_whenDrained() throws InterruptedException {
    markAnswer = new CompletableFuture<>();
    subscribed();
    session.drain().join();

    assertThat(broker.log).containsExactly("open", "marked", "closed", "marked");
  }

  @Test
  void givesBackTheMarkThatALeaseTook_whenDrainedBeforeItConnects() throws InterruptedException {
    drainedWhenItGetsItsLease = true;
    lease().completeExceptionally(new IllegalStateException("the coordinator is away"));
    await().until(() -> session.state().equals("slot 3 is stopped"));

    assertThat(broker.log).containsExactly("marked");
  }

  @Test
  void marksTheSlotOnceItIsSubscribed() throws InterruptedException {
    lease().complete(false);
    FakeConnection connection = connected();
    assertThat(broker.log).containsExactly("open, to subscribe");
    connection.answer.complete(true);

    await().until(() -> broker.log.contains("marked"));
  }

  @Test
  void subscribesAgain_whenAConnectWithTheMarkTakenBackGotNoAnswer() throws InterruptedException {
    connect().answer.completeExceptionally(new IllegalStateException("closed before CONNACK"));
    lease().complete(false);

    connected();
    assertThat(broker.log).containsExactly("open", "closed", "open, to subscribe");
  }

  @Test
  void keepsTheMark_whenTheBrokerCouldNotBeReached() throws InterruptedException {
    for (int attempt = 0; attempt < 2; attempt++) {
      lease().complete(attempt == 0);
      connected()
          .answer
          .completeExceptionally(
              new CompletionException(
                  new MqttConnection.Unreached("refused", new ConnectException())));
    }
    lease().complete(false);

    connected();
    assertThat(broker.log).containsExactly("open", "closed", "open", "closed", "open");
  }
}
