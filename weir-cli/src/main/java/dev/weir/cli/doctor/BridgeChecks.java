package dev.weir.cli.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Looks at a bridge replica's readiness, and judges it. */
final class BridgeChecks {

  private static final String NOT_READY = "not ready ";

  private final Expectations expected;

  BridgeChecks(Expectations expected) {
    this.expected = expected;
  }

  static Patient.Probe<BridgeFacts> probe(URI bridge, Duration limit) {
    return () -> {
      HttpLook.Page page = new HttpLook(bridge, limit, "").get("/ready", "text/plain");
      return new BridgeFacts(page.status(), page.body().lines().toList(), page.clock());
    };
  }

  List<Check<BridgeFacts>> all() {
    return List.of(
        new Check<>("bridge.ready", "every part of the bridge is ready", this::ready),
        new Check<>(
            "bridge.clock",
            "its clock agrees with this machine's",
            facts -> facts.clock().findings("bridge", expected.ahead())));
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
