package dev.weir.bridge;

import dev.weir.runtime.Health;
import dev.weir.runtime.OutageLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether this replica is ready: a member of the group, every slot it holds connected and
 * subscribed, Kafka accepting. Devices may start when the first replica is ready: each slot has an
 * owner then, and a broker that has a subscriber drops nothing. Called by the group's thread.
 */
final class Readiness {

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final SlotGroup group;
  private final Acceptance acceptance;
  private final int slots;
  private final Health health;
  private final OutageLog kafka = new OutageLog(LOG, "storing readings in Kafka");

  Readiness(
      SlotGroup group, Acceptance acceptance, int slots, Health health, MeterRegistry registry) {
    this.group = group;
    this.acceptance = acceptance;
    this.slots = slots;
    this.health = health;
    registry.gauge("weir.bridge.slots", this, readiness -> readiness.slots);
    registry.gauge("weir.bridge.slots.owned", group, g -> g.owned().size());
    registry.gauge(
        "weir.bridge.slots.connected",
        group,
        g -> g.owned().values().stream().filter(SlotSession::subscribed).count());
    Gauge.builder("weir.bridge.slots.behind", group, Readiness::behind)
        .description("connected, but what they bring has waited, or the clock here is wrong")
        .register(registry);
    report();
  }

  void report() {
    report("group", group.problem(), "a member of the consumer group");
    report(
        "slots",
        problemOfSlots(),
        group.owned().size() + " of " + slots + " slots are held here and connected");
    Optional<String> refusal = acceptance.problem();
    refusal.ifPresentOrElse(kafka::failed, kafka::recovered);
    report("kafka", refusal, "accepts records");
  }

  private void report(String part, Optional<String> problem, String otherwise) {
    health.report(part, problem.isEmpty(), problem.orElse(otherwise));
  }

  private static double behind(SlotGroup group) {
    return group.owned().values().stream()
        .filter(session -> session.subscribed() && session.behind())
        .count();
  }

  private Optional<String> problemOfSlots() {
    Collection<SlotSession> sessions = group.owned().values();
    String waiting =
        sessions.stream()
            .filter(session -> !session.subscribed())
            .map(SlotSession::state)
            .collect(Collectors.joining("; "));
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting);
  }
}
