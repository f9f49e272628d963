package dev.weir.bridge;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Event loops whose connections write many small packets in one system call. The MQTT client
 * flushes each PUBACK by itself; with a {@link io.netty.handler.flush.FlushConsolidationHandler} in
 * front, all PUBACKs of one turn of the loop leave together, which saves up to half of the bridge's
 * CPU.
 *
 * <p>The client takes an event loop by {@link #next} and has channels registered with it, so that
 * is where the handler is put in.
 */
public final class ConsolidatingEventLoopGroup extends NioEventLoopGroup {

  private final ConsolidatingEventLoop[] loops;
  private final AtomicInteger turn = new AtomicInteger();

  /** With that many threads, all of them daemons, for whoever only connects. */
  public ConsolidatingEventLoopGroup(int threads) {
    this(threads, new TurnClock(Clock.systemUTC(), System::nanoTime), bug -> {});
  }

  /**
   * With that many threads, all of them daemons.
   *
   * @param clock told by each loop when a turn begins
   * @param bugs told, on its event loop, what something that was brought to {@link #settling} threw
   */
  ConsolidatingEventLoopGroup(int threads, TurnClock clock, Consumer<Throwable> bugs) {
    super(threads, daemonThreads());
    loops = new ConsolidatingEventLoop[threads];
    for (int i = 0; i < threads; i++) {
      loops[i] = new ConsolidatingEventLoop(super.next(), this, clock, bugs);
    }
  }

  /** What runs things, many at a time, on the event loop that the calling thread is that of. */
  Executor settling() {
    return Arrays.stream(loops)
        .filter(ConsolidatingEventLoop::inEventLoop)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not on an event loop of this group"))
        .settling();
  }

  private static ThreadFactory daemonThreads() {
    return new DefaultThreadFactory("weir-mqtt", true);
  }

  /** Completes once every loop has done with what it was doing when this was called. */
  CompletableFuture<Void> turned() {
    return CompletableFuture.allOf(
        Arrays.stream(loops)
            .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
            .toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public EventLoop next() {
    return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
  }
}
