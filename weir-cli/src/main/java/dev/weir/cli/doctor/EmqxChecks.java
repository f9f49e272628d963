package dev.weir.cli.doctor;

import dev.weir.cli.doctor.EmqxFacts.ForceShutdown;
import dev.weir.cli.doctor.EmqxFacts.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges the bridge's sessions in EMQX. */
final class EmqxChecks {

  private static final long SMALL_QUEUE = 100_000;
  private static final long WIDE_QUEUE = 1_000_000;
  private static final long WIDE_MAILBOX = 100_000;

  /** What a queued message costs a session's heap, measured on EMQX 5.8.9. */
  private static final long BYTES_PER_MESSAGE = 1_300;

  private static final double FULL = 0.8;
  private static final String ZONE = "in the bridge's zone of emqx.conf: ";

  private final Expectations expected;

  EmqxChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<EmqxFacts>> all() {
    return List.of(
        new Check<>("emqx.sessions", "every slot has a session that is connected", this::sessions),
        new Check<>("emqx.queue", "queues are long enough", this::queue),
        new Check<>("emqx.dropped", "no queue has dropped anything", this::dropped),
        new Check<>("emqx.filling", "no queue is filling up", this::filling),
        new Check<>("emqx.window", "windows are as wide as the bridge's", this::window),
        new Check<>("emqx.expiry", "sessions outlive an outage", this::expiry),
        new Check<>("emqx.force-shutdown", "no long queue is killed", this::forceShutdown),
        new Check<>("emqx.memory", "what EMQX holds survives its restart", this::memory));
  }

  private List<Finding> sessions(EmqxFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.sessions().isEmpty()) {
      findings.add(
          Finding.loss(
              "no session of any slot, " + names(facts.missing()),
              "Nobody has subscribed: EMQX acknowledges to devices and drops.",
              "start the bridge, and let devices publish when its /ready answers 200"));
    } else if (!facts.missing().isEmpty()) {
      findings.add(
          Finding.strand(
              "no session of " + names(facts.missing()),
              "The session was lost with what it held, and no bridge has made it anew.",
              "is a bridge running that holds the slot? see its /ready"));
    }
    String away = names(facts, session -> !session.connected());
    if (!away.isEmpty()) {
      findings.add(
          Finding.strand(
              "not connected: " + away,
              "EMQX still puts its share of the messages into its queue, where they wait.",
              "start a bridge: it takes over every slot"));
    }
    return findings;
  }

  private List<Finding> queue(EmqxFacts facts) {
    String small = names(facts, s -> s.queueMaximum() > 0 && s.queueMaximum() < SMALL_QUEUE);
    String narrow = names(facts, s -> s.queueMaximum() > 0 && s.queueMaximum() < WIDE_QUEUE);
    if (narrow.isEmpty()) {
      return List.of();
    }
    long least =
        facts.sessions().stream()
            .mapToLong(Session::queueMaximum)
            .filter(n -> n > 0)
            .min()
            .orElse(0);
    String reason =
        "While Kafka or the bridge is away each slot keeps this many messages, and then the oldest"
            + " is dropped for every new one.";
    String fix = ZONE + "mqtt.max_mqueue_len = 1000000";
    return List.of(
        small.isEmpty()
            ? Finding.note("mqueue_max = " + least + ": " + narrow, reason, fix)
            : Finding.loss("mqueue_max = " + least + ": " + small, reason, fix));
  }

  private List<Finding> dropped(EmqxFacts facts) {
    String names = names(facts, session -> session.dropped() > 0);
    long dropped = facts.sessions().stream().mapToLong(Session::dropped).sum();
    return names.isEmpty()
        ? List.of()
        : List.of(
            Finding.loss(
                "mqueue_dropped = " + dropped + ": " + names,
                "These messages were acknowledged to devices and are gone.",
                ZONE + "mqtt.max_mqueue_len = 1000000; then look why the bridge was away so long"));
  }

  private List<Finding> filling(EmqxFacts facts) {
    String names = names(facts, s -> s.queueMaximum() > 0 && s.queued() > FULL * s.queueMaximum());
    return names.isEmpty()
        ? List.of()
        : List.of(
            Finding.loss(
                "mqueue_len above 80 % of mqueue_max: " + names,
                "When the queue is full the oldest message is dropped for every new one.",
                "get the bridge or Kafka going at once, or stop the devices"));
  }

  private List<Finding> window(EmqxFacts facts) {
    String names = names(facts, s -> s.window() > 0 && s.window() < expected.receiveMaximum());
    return names.isEmpty()
        ? List.of()
        : List.of(
            Finding.note(
                "inflight_max below " + expected.receiveMaximum() + ": " + names,
                "So few messages are on their way to the bridge at a time; the rest queues up.",
                ZONE + "mqtt.max_inflight = " + expected.receiveMaximum()));
  }

  private List<Finding> expiry(EmqxFacts facts) {
    String names = names(facts, s -> s.expirySeconds() < expected.outage().toSeconds());
    long least = facts.sessions().stream().mapToLong(Session::expirySeconds).min().orElse(0);
    return names.isEmpty()
        ? List.of()
        : List.of(
            Finding.loss(
                "expiry_interval = " + PlainWords.of(Duration.ofSeconds(least)) + ": " + names,
                "A session is thrown away with all that is queued in it before an outage of "
                    + PlainWords.of(expected.outage())
                    + " is over.",
                "bridge: mqtt.session.expiry=7d"));
  }

  private List<Finding> forceShutdown(EmqxFacts facts) {
    List<Finding> findings = new ArrayList<>();
    facts
        .shutdowns()
        .forEach((zone, limits) -> findings.addAll(forceShutdown(facts, zone, limits)));
    return findings;
  }

  private static List<Finding> forceShutdown(EmqxFacts facts, String zone, ForceShutdown limits) {
    String fix = ZONE + "force_shutdown { max_heap_size = \"8GB\", max_mailbox_size = 0 }";
    if (!limits.known()) {
      return List.of(
          Finding.note(
              "zone %s: its force_shutdown cannot be seen".formatted(zone.isEmpty() ? "?" : zone),
              "EMQX's API shows that of the zone default only. Its default kills a session at about"
                  + " 17,000 queued messages.",
              "on the node: emqx ctl conf show zones; " + fix));
    }
    if (!limits.enabled()) {
      return List.of();
    }
    long longest =
        facts.sessions().stream()
            .filter(session -> session.zone().equals(zone))
            .mapToLong(s -> s.queueMaximum() == 0 ? WIDE_QUEUE : s.queueMaximum())
            .max()
            .orElse(0);
    List<Finding> findings = new ArrayList<>();
    if (limits.heapBytes() > 0 && limits.heapBytes() < longest * BYTES_PER_MESSAGE) {
      findings.add(
          Finding.loss(
              "zone %s: force_shutdown.max_heap_size = %d MB"
                  .formatted(zone, limits.heapBytes() >> 20),
              "EMQX kills a session at about %d queued messages, all of them acknowledged, and counts none of them as dropped."
                  .formatted(limits.heapBytes() / BYTES_PER_MESSAGE),
              fix));
    }
    if (limits.mailbox() > 0 && limits.mailbox() < WIDE_MAILBOX) {
      findings.add(
          Finding.loss(
              "zone %s: force_shutdown.max_mailbox_size = %d".formatted(zone, limits.mailbox()),
              "A burst that comes in faster than one session takes it up kills the session with"
                  + " all that is queued in it.",
              fix));
    }
    return findings;
  }

  private List<Finding> memory(EmqxFacts facts) {
    return List.of(
        Finding.note(
            "EMQX keeps shared subscriptions' sessions in memory",
            "What a session holds when its node ends is gone.",
            "restart a node only as the README says: devices off, queues empty, then restart"));
  }

  private static String names(EmqxFacts facts, Predicate<Session> which) {
    return names(facts.sessions().stream().filter(which).map(Session::clientId).toList());
  }

  private static String names(List<String> clientIds) {
    return clientIds.stream().collect(Collectors.joining(", "));
  }
}
