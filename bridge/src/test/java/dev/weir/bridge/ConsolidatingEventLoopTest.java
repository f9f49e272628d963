package dev.weir.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsolidatingEventLoopTest {

  private final AtomicLong passed = new AtomicLong();
  private final TurnClock clock = new TurnClock(Clock.systemUTC(), passed::get);
  private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
  private final ConsolidatingEventLoopGroup group =
      new ConsolidatingEventLoopGroup(1, clock, bugs::add);
  private final EventLoop loop = group.next();

  @AfterEach
  void shutDown() {
    group.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly();
  }

  /** As the client does with each acknowledgement, of which it makes a task. */
  @Test
  void runsAtOnceWhatIsMadeATaskByWhatItSettles() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> settled = new CompletableFuture<>();
    settling()
        .execute(
            () -> {
              loop.execute(() -> done.add("acknowledged"));
              done.add("left");
              settled.complete(null);
            });
    settled.get(10, SECONDS);

    assertThat(done).containsExactly("acknowledged", "left");
  }

  @Test
  void leavesOtherTasksTheirTurn() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    loop.submit(
            () -> {
              loop.execute(() -> done.add("later"));
              done.add("first");
            })
        .get(10, SECONDS);
    loop.submit(() -> {}).get(10, SECONDS);

    assertThat(done).containsExactly("first", "later");
  }

  @Test
  void beginsATurnOfTheClockWithWhatItSettles() throws Exception {
    loop.submit(clock::turn).get(10, SECONDS);
    passed.set(5);
    CompletableFuture<Long> told = new CompletableFuture<>();
    settling().execute(() -> told.complete(clock.nanoTime()));

    assertThat(told.get(10, SECONDS)).isEqualTo(5);
  }

  @Test
  void beginsATurnOfTheClockWithEachReadOfAChannel() throws Exception {
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    LocalAddress address = new LocalAddress(ConsolidatingEventLoopTest.class);
    new ServerBootstrap()
        .group(group)
        .channel(LocalServerChannel.class)
        .childHandler(handler(() -> {}))
        .bind(address)
        .sync();
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(LocalChannel.class)
            .handler(handler(() -> told.add(clock.nanoTime())))
            .connect(address)
            .sync()
            .channel();
    loop.submit(clock::turn).get(10, SECONDS);
    for (long time = 5; time <= 6; time++) {
      passed.set(time);
      loop.submit(() -> channel.pipeline().fireChannelRead("a publish")).get(10, SECONDS);

      assertThat(told.poll(10, SECONDS)).isEqualTo(time);
    }
  }

  private static ChannelHandler handler(Runnable read) {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        read.run();
      }
    };
  }

  @Test
  void tellsWhatItSettlesAndThrows() throws Exception {
    Error bug = new NoClassDefFoundError("a broken class path");
    Executor settling = settling();
    settling.execute(
        () -> {
          throw bug;
        });
    loop.submit(() -> {}).get(10, SECONDS);

    assertThat(bugs).containsExactly(bug);
  }

  @Test
  void hasSomethingToSettleOnlyOnItsOwnThread() {
    assertThatThrownBy(group::settling).isInstanceOf(IllegalStateException.class);
  }

  private Executor settling() throws Exception {
    return loop.submit(group::settling).get(10, SECONDS);
  }
}
