package dev.weir.cli.prove;

import dev.weir.cli.load.LoadRun;
import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import dev.weir.stack.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/**
 * Does to a stack what a plan says, one thread per component, so that faults of different
 * components overlap and those of one do not. Thread-safe.
 */
final class FaultRunner {

  private final LocalStack stack;
  private final LoadRun load;
  private final Supervisor supervisor;
  private final Journal journal;
  private final Cuts cuts;
  private final DeadLetterTopic deadLetters;
  private final List<FaultRecord> records = new CopyOnWriteArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  FaultRunner(
      LocalStack stack,
      LoadRun load,
      Supervisor supervisor,
      DeadLetterTopic deadLetters,
      Journal journal) {
    this.stack = stack;
    this.load = load;
    this.supervisor = supervisor;
    this.journal = journal;
    this.cuts = new Cuts(stack.links());
    this.deadLetters = deadLetters;
  }

  /** Injects all faults and heals them; returns after the plan's duration, or when stopped. */
  void run(FaultPlan plan, Duration duration) throws InterruptedException {
    long start = System.nanoTime();
    Map<String, List<PlannedFault>> byComponent =
        plan.faults().stream().collect(Collectors.groupingBy(PlannedFault::component));
    List<Thread> threads = new ArrayList<>();
    for (Component component : stack.components()) {
      List<PlannedFault> faults = byComponent.getOrDefault(component.name(), List.of());
      Thread thread = new Thread(() -> inject(component, faults, start), "faults-" + component);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    waitUntil(start, duration);
  }

  /** Heals what is broken, and leaves out what was still to come. */
  void stop() {
    stop.countDown();
  }

  /** All faults injected so far, in the order in which they began. */
  List<FaultRecord> records() {
    return List.copyOf(records);
  }

  /** Now, by the load's measures. */
  FaultRecord.Moment now() {
    return new FaultRecord.Moment(Instant.now(), load.rounds(), load.ledger().acknowledgedCount());
  }

  private void inject(Component component, List<PlannedFault> faults, long start) {
    try {
      for (PlannedFault fault : faults) {
        if (waitUntil(start, fault.at())) {
          return;
        }
        FaultRecord record = new FaultRecord(fault, now());
        records.add(record);
        journal.say(fault.toString());
        begin(component, fault);
        var unused = stop.await(fault.length().toMillis(), TimeUnit.MILLISECONDS);
        end(component, fault);
        record.end(now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StackException | KafkaException e) {
      journal.violation(component + ": " + e.getMessage());
    }
  }

  private void begin(Component component, PlannedFault fault) throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> component.kill();
      case HANG -> component.suspend();
      case RESTART -> component.stop();
      case BLACKHOLE, REFUSE -> cuts.begin(fault);
      case GAG -> deadLetters.refuse();
    }
  }

  private void end(Component component, PlannedFault fault) throws InterruptedException {
    switch (fault.kind()) {
      case KILL, RESTART -> supervisor.start(component);
      case HANG -> component.resume();
      case BLACKHOLE, REFUSE -> cuts.end(fault);
      case GAG -> deadLetters.mend();
    }
  }

  /** Waits for a time of the plan; true when it was stopped before that. */
  private boolean waitUntil(long start, Duration at) throws InterruptedException {
    return stop.await(start + at.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
