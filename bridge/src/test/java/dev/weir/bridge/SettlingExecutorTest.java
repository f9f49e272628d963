package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SettlingExecutorTest {

  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final List<Throwable> bugs = new ArrayList<>();
  private final SettlingExecutor settling =
      new SettlingExecutor(loop::add, () -> done.add("begin"), bugs::add);

  @Test
  void runsInOrderAndInOneTaskOfTheLoopWhatCameUntilThen() {
    settling.execute(() -> done.add("a"));
    settling.execute(() -> done.add("b"));
    settling.execute(() -> done.add("c"));

    assertThat(loop).hasSize(1);
    assertThat(done).isEmpty();
    loop.remove().run();
    assertThat(done).containsExactly("begin", "a", "b", "c");
  }

  @Test
  void runsWhatComesAfterwardsInAnotherTask() {
    settling.execute(() -> done.add("a"));
    loop.remove().run();
    settling.execute(() -> done.add("b"));

    assertThat(loop).hasSize(1);
    loop.remove().run();
    assertThat(done).containsExactly("begin", "a", "begin", "b");
  }

  @Test
  void runsWhatIsBroughtMeanwhile() {
    settling.execute(() -> settling.execute(() -> done.add("b")));
    loop.remove().run();

    assertThat(done).containsExactly("begin", "b");
    assertThat(loop).isEmpty();
  }

  /** What is brought after the last look into the queue and before the task of the loop ends. */
  @Test
  void losesNothingThatIsBroughtJustAsItEnds() {
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    AtomicBoolean stopped = new AtomicBoolean();
    Thread spinning = new Thread(() -> spin(tasks, stopped));
    spinning.start();
    try {
      SettlingExecutor raced = new SettlingExecutor(tasks::add, () -> {}, bugs::add);
      AtomicInteger ran = new AtomicInteger();
      for (int round = 1; round <= 20_000; round++) {
        raced.execute(ran::incrementAndGet);
        for (int pause = round % 200; pause > 0; pause--) {
          Thread.onSpinWait();
        }
        raced.execute(ran::incrementAndGet);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ran.get() < 2 * round && System.nanoTime() - deadline < 0) {
          Thread.onSpinWait();
        }
        assertThat(ran).hasValue(2 * round);
      }
    } finally {
      stopped.set(true);
    }
  }

  private static void spin(Queue<Runnable> tasks, AtomicBoolean stopped) {
    while (!stopped.get()) {
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
      }
    }
  }

  @Test
  void runsBeforeWhatIsGivenToTheLoopAfterwards() {
    settling.execute(() -> done.add("a"));
    settling.execute(() -> done.add("b"));
    loop.add(() -> done.add("disconnect"));
    settling.execute(() -> done.add("c"));
    loop.forEach(Runnable::run);

    assertThat(done).containsExactly("begin", "a", "b", "c", "disconnect");
  }

  @Test
  void tellsOfABugAndRunsTheOthersAllTheSame() {
    Error bug = new NoClassDefFoundError("a broken class path");
    settling.execute(
        () -> {
          throw bug;
        });
    settling.execute(() -> done.add("b"));
    loop.remove().run();

    assertThat(bugs).containsExactly(bug);
    assertThat(done).containsExactly("begin", "b");
  }

  @Test
  void knowsWhetherItRuns() {
    List<Boolean> running = new ArrayList<>();
    settling.execute(() -> running.add(settling.running()));
    assertThat(settling.running()).isFalse();
    loop.remove().run();

    assertThat(running).containsExactly(true);
    assertThat(settling.running()).isFalse();
  }
}
