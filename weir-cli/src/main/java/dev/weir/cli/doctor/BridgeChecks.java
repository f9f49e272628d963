package dev.weir.cli.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Looks at a bridge replica's readiness, and judges it. */
final class BridgeChecks {

  private static final String NOT_READY = "not ready ";

  /** Longer than a hand-over of slots takes. */
  private static final Duration NOT_JUDGED = Duration.ofMinutes(1);

  /** From here on a bridge does not rely on its clock. */
  private static final Duration CLOCK_APART = Duration.ofSeconds(2);

  private final Expectations expected;

  BridgeChecks(Expectations expected) {
    this.expected = expected;
  }

  static Patient.Probe<BridgeFacts> probe(URI bridge, Duration limit) {
    return () -> {
      HttpLook look = new HttpLook(bridge, limit, "");
      HttpLook.Page ready = look.get("/ready", "text/plain");
      HttpLook.Page metrics = look.get("/metrics", "text/plain");
      return new BridgeFacts(
          ready.status(),
          ready.body().lines().toList(),
          ready.clock(),
          metrics.body().lines().toList());
    };
  }

  List<Check<BridgeFacts>> all() {
    return List.of(
        new Check<>("bridge.ready", "every part of the bridge is ready", this::ready),
        new Check<>(
            "bridge.clock",
            "its clock agrees with this machine's",
            facts -> facts.clock().findings("bridge", expected.ahead())),
        new Check<>("bridge.silence", "silence of devices is judged", this::silence));
  }

  /** Of a bridge that is ready: what else holds the ticks is told there. */
  private List<Finding> silence(BridgeFacts facts) {
    double age = facts.metric("weir_bridge_clock_age_seconds");
    if (facts.status() != 200 || !(age > NOT_JUDGED.toSeconds())) {
      return List.of();
    }
    double ahead = facts.metric("weir_bridge_clock_ahead_seconds");
    double behind = facts.metric("weir_bridge_slots_behind");
    String found = "no tick of the ingest clock for %.0f s".formatted(age);
    if (Math.abs(ahead) > CLOCK_APART.toSeconds()) {
      return List.of(
          Finding.note(
              found + ", clock_ahead_seconds=%.0f".formatted(ahead),
              "Its clock and Kafka's do not agree: no device is called silent, and no gap gets old.",
              "set the clock of that machine, or of Kafka's (NTP)"));
    }
    return List.of(
        Finding.note(
            found + ", slots_behind=%.0f".formatted(behind),
            "No device is called silent, and no gap gets old: what comes from a slot has waited, or"
                + " the clocks of most devices there are behind by more than bridge.clock.lag.",
            "wait while a backlog drains; else set the devices' clocks, or a longer"
                + " bridge.clock.lag; the bridge's log says which slot: ingest clock held"));
  }

  private List<Finding> ready(BridgeFacts facts) {
    List<Finding> reasons =
        facts.parts().stream()
            .filter(part -> part.startsWith(NOT_READY))
            .map(part -> notReady(part.substring(NOT_READY.length())))
            .toList();
    if (!reasons.isEmpty() || facts.status() == 200) {
      return reasons;
    }
    return List.of(
        Finding.strand(
            "/ready answered " + facts.status(),
            "This is not the answer of a bridge that works.",
            "is this the bridge's address? see its log"));
  }

  private static Finding notReady(String part) {
    if (part.matches("slots.*subscribe.refused.*")) {
      return Finding.loss(
          "/ready: " + part,
          "A broker whose subscriber is refused acknowledges to devices and drops.",
          "allow the bridge's user to subscribe to users/+/devices/+/telemetry on the broker");
    }
    return Finding.strand(
        "/ready: " + part,
        "What this replica holds waits in the broker until this is mended.",
        part.startsWith("kafka")
            ? "mend Kafka: see the findings there, and the bridge's log"
            : "see the bridge's log; another replica takes the slots over when this one is stopped");
  }
}
