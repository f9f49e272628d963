package dev.weir.bridge;

import io.netty.channel.AbstractEventLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An event loop that consolidates the flushes of each channel registered with it, and what other
 * threads have for it. Each read of a channel begins a turn of the clock.
 */
final class ConsolidatingEventLoop extends AbstractEventLoop {

  private static final int FLUSH_AT_LEAST_AFTER = 256;

  private final EventLoop loop;
  private final TurnClock clock;
  private final SettlingExecutor settling;

  ConsolidatingEventLoop(
      EventLoop loop, EventLoopGroup parent, TurnClock clock, Consumer<Throwable> bugs) {
    super(parent);
    this.loop = loop;
    this.clock = clock;
    this.settling = new SettlingExecutor(loop, clock::turn, bugs);
  }

  /** Runs things on this loop many at a time, each time as a turn of the clock. */
  SettlingExecutor settling() {
    return settling;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return loop.register(consolidating(channel));
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    consolidating(promise.channel());
    return loop.register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return loop.register(consolidating(channel), promise);
  }

  private Channel consolidating(Channel channel) {
    channel
        .pipeline()
        .addFirst(
            new FlushConsolidationHandler(FLUSH_AT_LEAST_AFTER, true) {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message)
                  throws Exception {
                clock.turn();
                super.channelRead(context, message);
              }
            });
    return channel;
  }

  /**
   * Acknowledging is all that is run by {@link #settling()}, and of that the client makes a task
   * for the loop: it is on the loop already, and may have it at once.
   */
  @Override
  public void execute(Runnable task) {
    if (loop.inEventLoop() && settling.running()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return loop.inEventLoop(thread);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return loop.scheduleAtFixedRate(task, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return loop.scheduleWithFixedDelay(task, initialDelay, delay, unit);
  }

  @Override
  public boolean isShuttingDown() {
    return loop.isShuttingDown();
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    return loop.shutdownGracefully(quietPeriod, timeout, unit);
  }

  @Override
  public Future<?> terminationFuture() {
    return loop.terminationFuture();
  }

  @Override
  @Deprecated
  public void shutdown() {
    loop.shutdown();
  }

  @Override
  public boolean isShutdown() {
    return loop.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return loop.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return loop.awaitTermination(timeout, unit);
  }
}
