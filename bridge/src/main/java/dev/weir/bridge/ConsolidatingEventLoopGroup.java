package dev.weir.bridge;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** With that many threads, all of them daemons. */
  public ConsolidatingEventLoopGroup(int threads) {
    super(threads, daemonThreads());
    loops = new ConsolidatingEventLoop[threads];
    for (int i = 0; i < threads; i++) {
      loops[i] = new ConsolidatingEventLoop(super.next(), this);
    }
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
