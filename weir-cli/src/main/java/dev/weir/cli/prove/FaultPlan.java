package dev.weir.cli.prove;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which faults befall which component when: all of it follows from a seed. Every component has its
 * turn before one has its second, each time with another kind of fault; nobody waits for the end of
 * a fault before the next one begins elsewhere.
 *
 * @param faults in the order in which they begin
 */
record FaultPlan(List<PlannedFault> faults) {

  /** How the components are called and who is linked to whom. */
  private static final String DEVICES = "devices";

  private static final double BURST_CHANCE = 0.3;
  private static final double LONG_CHANCE = 0.125;
  private static final double PARTIAL_CUT_CHANCE = 0.4;
  private static final long BURST_MILLIS = 2_000;
  private static final long FIRST_MILLIS = 3_000;
  private static final long STEP_MILLIS = 500;
  private static final long SETTLE_MILLIS = 8_000;
  private static final long TAIL_MILLIS = 5_000;
  private static final long ZOMBIE_MILLIS = 8_000; // longer than bridge.slot.timeout

  FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * How hard to try.
   *
   * @param gap mean time from the beginning of one fault to that of the next
   * @param usual longest time that most faults last
   * @param longest how long a few of them last
   */
  record Pace(Duration gap, Duration usual, Duration longest) {

    /** At least a hundred faults in half an hour. */
    static final Pace LONG_RUN =
        new Pace(Duration.ofSeconds(12), Duration.ofSeconds(14), Duration.ofSeconds(45));
  }

  static FaultPlan of(long seed, Duration duration, int bridges, Pace pace) {
    return new Maker(new Random(seed), links(bridges), pace).make(duration.toMillis());
  }

  /** Each component with all that it has a link to. */
  private static Map<String, List<String>> links(int bridges) {
    List<String> replicas =
        IntStream.rangeClosed(1, bridges).mapToObj(number -> "bridge-" + number).toList();
    Map<String, List<String>> links = new LinkedHashMap<>();
    links.put("broker", join(replicas, "alerts", DEVICES));
    links.put("kafka", join(replicas, "alerts", "connect"));
    links.put("connect", List.of("kafka", "postgres"));
    links.put("postgres", List.of("connect"));
    links.put("alerts", List.of("broker", "kafka"));
    replicas.forEach(replica -> links.put(replica, List.of("broker", "kafka")));
    return links;
  }

  private static List<String> join(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** Deals the faults. */
  private static final class Maker {

    private final Random random;
    private final Map<String, List<String>> links;
    private final Pace pace;
    private final Map<String, Deque<FaultKind>> kinds = new HashMap<>();
    private final Map<String, Long> busyUntil = new HashMap<>();
    private final List<String> turns = new ArrayList<>();

    Maker(Random random, Map<String, List<String>> links, Pace pace) {
      this.random = random;
      this.links = links;
      this.pace = pace;
    }

    FaultPlan make(long duration) {
      List<PlannedFault> faults = new ArrayList<>();
      long at = FIRST_MILLIS;
      while (at < duration - TAIL_MILLIS) {
        String component = nextFreeAt(at);
        if (component.isEmpty()) {
          at += STEP_MILLIS;
          continue;
        }
        PlannedFault fault = fault(component, at, duration);
        faults.add(fault);
        busyUntil.put(component, fault.end().toMillis() + SETTLE_MILLIS);
        at += gap();
      }
      return new FaultPlan(faults);
    }

    private String nextFreeAt(long at) {
      if (turns.isEmpty()) {
        turns.addAll(links.keySet());
        Collections.shuffle(turns, random);
      }
      for (String component : turns) {
        if (busyUntil.getOrDefault(component, 0L) <= at) {
          turns.remove(component);
          return component;
        }
      }
      return "";
    }

    private PlannedFault fault(String component, long at, long duration) {
      FaultKind kind = nextKind(component);
      long length = Math.min(length(component, kind), duration - at);
      return new PlannedFault(
          component,
          kind,
          Duration.ofMillis(at),
          Duration.ofMillis(length),
          kind.isCut() ? cutFrom(component) : Set.of());
    }

    private FaultKind nextKind(String component) {
      Deque<FaultKind> left = kinds.computeIfAbsent(component, unused -> new ArrayDeque<>());
      if (left.isEmpty()) {
        List<FaultKind> all = new ArrayList<>(FaultKind.of(component));
        Collections.shuffle(all, random);
        left.addAll(all);
      }
      return left.remove();
    }

    private long length(String component, FaultKind kind) {
      if (kind == FaultKind.RESTART) {
        return 0;
      }
      if (random.nextDouble() < LONG_CHANCE) {
        return between(pace.usual().toMillis(), pace.longest().toMillis());
      }
      if (kind == FaultKind.GAG) {
        return between(pace.usual().toMillis() * 3 / 4, pace.usual().toMillis());
      }
      if (kind == FaultKind.KILL) {
        return between(0, pace.usual().toMillis() / 2);
      }
      boolean bridge = component.startsWith("bridge-");
      return between(bridge ? ZOMBIE_MILLIS : 2_000, pace.usual().toMillis());
    }

    /** All links, or some: a component may lose one neighbour and keep another. */
    private Set<String> cutFrom(String component) {
      List<String> all = new ArrayList<>(links.getOrDefault(component, List.of()));
      if (random.nextDouble() >= PARTIAL_CUT_CHANCE) {
        return Set.copyOf(all);
      }
      Collections.shuffle(all, random);
      return new HashSet<>(all.subList(0, 1 + random.nextInt(all.size())));
    }

    private long gap() {
      if (random.nextDouble() < BURST_CHANCE) {
        return between(0, BURST_MILLIS);
      }
      // The bursts' gaps are about nothing, so that the others make up for them.
      long mean = Math.round(pace.gap().toMillis() / (1 - BURST_CHANCE));
      return between(mean / 2, mean * 3 / 2);
    }

    private long between(long least, long most) {
      return least + Math.round(random.nextDouble() * Math.max(0, most - least));
    }
  }
}
