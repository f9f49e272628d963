package dev.weir.bridge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.weir.bridge.EpochEnd.Cause;
import dev.weir.runtime.Backoff;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session slot connected for as long as this replica holds it, epoch after epoch: lease,
 * connect, subscribe, carry until something ends it, back off, again. It runs on a thread of its
 * own; the group's thread begins and stops it.
 */
final class SlotSession {

  private static final Logger LOG = LoggerFactory.getLogger(SlotSession.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** What the broker gets for a disconnect, and for a connect that the end of the slot meets. */
  static final Duration CLOSE = Duration.ofSeconds(3);

  private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * What every slot's session works with.
   *
   * @param lease what the session asks of the consumer group
   * @param backlogs makes that of a connection
   * @param clockApart whether this replica's clock is not to be relied on
   * @param connectTimeout bounds lease, connect and subscribe, each
   * @param drainTimeout how long a drain waits for Kafka
   */
  record Surroundings(
      Lease lease,
      MqttConnection.Factory connections,
      PublishHandler.Pipeline pipeline,
      Supplier<Backlog> backlogs,
      BooleanSupplier clockApart,
      OutageLog broker,
      Duration connectTimeout,
      Duration drainTimeout) {}

  private enum Stop {
    DRAIN,
    DROP
  }

  private final int slot;
  private final InFlight inFlight;
  private final Surroundings with;
  private final Thread thread;
  private final CompletableFuture<Stop> stop = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), LONGEST_PAUSE);
  private volatile String state = "is about to connect";
  private volatile boolean subscribed;
  private volatile boolean behind = true;

  /**
   * Whether the session at the broker is known to be subscribed while Kafka may not have its mark:
   * a lease took it back and nothing was connected since, or it was not granted yet.
   */
  private boolean markDue;

  /** A session that {@link #start} begins. */
  SlotSession(int slot, InFlight inFlight, Surroundings with) {
    this.slot = slot;
    this.inFlight = inFlight;
    this.with = with;
    this.thread = new Thread(this::run, "weir-slot-" + slot);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean subscribed() {
    return subscribed;
  }

  /**
   * Whether what comes in has waited at the broker, or bears a time that is wrong; always the case
   * before it is subscribed.
   */
  boolean behind() {
    return behind;
  }

  /** What the slot is doing, for a person. */
  String state() {
    return "slot " + slot + " " + state;
  }

  /**
   * Takes no more publishes, waits until Kafka has those in flight, acknowledges them and
   * disconnects. Takes at most the drain timeout and a little.
   *
   * @return completes when the slot is quiet; never fails
   */
  CompletableFuture<Void> drain() {
    stop.complete(Stop.DRAIN);
    return stopped;
  }

  /** Lets go of the connection at once: the slot is another replica's already. */
  void drop() {
    stop.complete(Stop.DROP);
  }

  private void run() {
    try {
      while (!stop.isDone()) {
        EpochEnd end = epoch();
        state = "is not connected: " + end.cause().label() + ": " + end.detail();
        with.pipeline().metrics().epochEnded(end.cause());
        if (!stop.isDone()) {
          await(new CompletableFuture<>(), backoff.next());
        }
      }
      giveBack();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state = "is stopped";
      stopped.complete(null);
    }
  }

  /** Asks for the mark that is due; the group grants it before it lets go of the slot. */
  private void giveBack() {
    if (markDue && stop.join() == Stop.DRAIN) {
      var unused = with.lease().mark(Mark.BEHIND);
    }
  }

  private EpochEnd epoch() throws InterruptedException {
    // Bounds what the producer holds to one receive window per slot, and keeps a device's order.
    state = "waits until Kafka has settled the records of its last connection";
    if (!await(inFlight.quiet(), FOREVER)) {
      return stopEnd();
    }
    state = "waits for its lease";
    CompletableFuture<Boolean> lease = with.lease().renew();
    if (!await(lease, with.connectTimeout())) {
      return stop.isDone() ? stopEnd() : new EpochEnd(Cause.LEASE_REFUSED, failure(lease));
    }
    markDue |= lease.join();
    if (stop.isDone()) {
      return stopEnd();
    }
    state = "is connecting";
    Epoch epoch = new Epoch();
    Backlog backlog = with.backlogs().get();
    PublishHandler handler = new PublishHandler(with.pipeline(), epoch, inFlight, backlog);
    MqttConnection connection = with.connections().create(slot, handler, epoch);
    boolean seenSubscribed = markDue;
    CompletableFuture<Boolean> open = connection.open(seenSubscribed);
    CompletableFuture<Boolean> mark = new CompletableFuture<>();
    if (await(open, with.connectTimeout().multipliedBy(2))) {
      mark = carry(epoch, open.join(), backlog);
    } else if (!stop.isDone()) {
      notOpened(epoch, open);
    }
    if (!epoch.over()) {
      stop(epoch, open);
    }
    markDue =
        succeeded(open)
            ? !succeeded(mark)
            : seenSubscribed && failedWith(open, MqttConnection.Unreached.class);
    subscribed = false;
    behind = true;
    finish(connection.close(), CLOSE);
    return epoch.ended().join();
  }

  /**
   * Returns when the epoch has ended or the session is to stop.
   *
   * @return the mark that was asked for last
   */
  private CompletableFuture<Boolean> carry(Epoch epoch, boolean sessionPresent, Backlog backlog)
      throws InterruptedException {
    long began = System.nanoTime();
    CompletableFuture<Boolean> mark = with.lease().mark(Mark.BEHIND);
    subscribed = true;
    state = "is connected";
    with.broker().recovered();
    if (!sessionPresent) {
      with.pipeline().metrics().sessionBegun();
    }
    LOG.info("slot connected slot={} session_present={}", slot, sessionPresent);
    while (!await(epoch.ended(), LOOK) && !stop.isDone()) {
      backlog.tick();
      boolean behindNow = backlog.behind() || with.clockApart().getAsBoolean();
      if (behind != behindNow || mark.isCompletedExceptionally()) {
        behind = behindNow;
        mark = with.lease().mark(behind ? Mark.BEHIND : Mark.CURRENT);
      }
    }
    if (epoch.over()) {
      EpochEnd end = epoch.ended().join();
      LOG.info(
          "slot disconnected slot={} cause={} detail={}", slot, end.cause().label(), end.detail());
    }
    if (System.nanoTime() - began > LONGEST_PAUSE.toNanos()) {
      backoff.reset();
    }
    return mark;
  }

  private void notOpened(Epoch epoch, CompletableFuture<Boolean> open) {
    String detail = failure(open);
    boolean refused = failedWith(open, MqttConnection.SubscribeRefused.class);
    with.broker().failed(refused ? "it refuses the subscription: " + detail : detail);
    epoch.end(refused ? Cause.SUBSCRIBE_REFUSED : Cause.CONNECT_FAILED, detail);
  }

  private void stop(Epoch epoch, CompletableFuture<Boolean> open) throws InterruptedException {
    if (stop.join() == Stop.DRAIN) {
      state = "is draining";
      epoch.drain();
      finish(open, CLOSE); // or nobody would know whether the session is subscribed
      if (!finish(inFlight.quiet(), with.drainTimeout())) {
        LOG.warn("drain gave up waiting for Kafka slot={} left={}", slot, inFlight.count());
      }
    }
    EpochEnd end = stopEnd();
    epoch.end(end.cause(), end.detail());
    LOG.info("slot given up slot={} cause={}", slot, end.cause().label());
  }

  private EpochEnd stopEnd() {
    return stop.join() == Stop.DRAIN
        ? new EpochEnd(Cause.DRAINED, "given back in order")
        : new EpochEnd(Cause.LOST, "another replica holds the slot");
  }

  /** Waits for a future, the session's stop or the timeout; true if the future succeeded. */
  private boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException {
    try {
      CompletableFuture.anyOf(future, stop).get(timeout.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      LOG.debug("slot={} {}", slot, state, e);
    }
    return succeeded(future);
  }

  private static boolean succeeded(CompletableFuture<?> future) {
    return future.isDone() && !future.isCompletedExceptionally();
  }

  /** Waits for what is needed to end in order; true if it came about in time. */
  private static boolean finish(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException {
    try {
      future.get(timeout.toMillis(), MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean failedWith(CompletableFuture<?> future, Class<? extends Exception> kind) {
    return future.isCompletedExceptionally() && kind.isInstance(cause(future));
  }

  private static String failure(CompletableFuture<?> future) {
    return future.isCompletedExceptionally()
        ? String.valueOf(cause(future).getMessage())
        : "no answer in time";
  }

  /** Why a failed future failed. */
  private static Throwable cause(CompletableFuture<?> future) {
    Throwable cause = future.handle((result, e) -> e).join();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
