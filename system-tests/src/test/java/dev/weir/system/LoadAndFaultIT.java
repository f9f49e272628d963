package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.verify.Outcome;
import dev.weir.stack.Component;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.ConnectorStatus;
import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Load, and the two faults of which more is asked than that nothing is lost; all others are in
 * {@link FaultSuiteIT}.
 */
@ExtendWith(SharedStack.class)
@Timeout(300)
@Tag("long")
class LoadAndFaultIT {

  private static final String SLOTS_CONNECTED = "weir_bridge_slots_connected";
  private static final Duration HAND_OVER = Duration.ofSeconds(15);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  @Test
  void everythingIsStored_atTwoThousandReadingsPerSecond(LocalStack stack) throws Exception {
    try (BackgroundLoad load = BackgroundLoad.start(stack, 2_000)) {
      load.awaitAcknowledged(40_000);
      assertNothingLost(load.finish());
    }
  }

  @Test
  void survivorTakesOverTheSlots_whenABridgeIsKilled(LocalStack stack) throws Exception {
    Component victim = stack.bridge(0);
    Component survivor = stack.bridge(1);
    try (BackgroundLoad load = BackgroundLoad.start(stack, 500)) {
      load.awaitAcknowledged(3_000);

      victim.kill();

      Awaitility.await("the survivor has resumed every session")
          .atMost(HAND_OVER)
          .until(() -> slotsConnected(survivor) == 8);
      load.awaitAcknowledged(3_000);
      assertNothingLost(load.finish());
    } finally {
      restart(victim);
    }
  }

  @Test
  void connectorKeepsRunning_whenPostgresIsAwayForHalfAMinute(LocalStack stack) throws Exception {
    ConnectRest rest = new ConnectRest(stack.connectUrl());
    try (BackgroundLoad load = BackgroundLoad.start(stack, 200)) {
      load.awaitAcknowledged(1_000);

      stack.postgres().stop();
      Awaitility.await("the task stays RUNNING through the outage")
          .during(OUTAGE)
          .atMost(OUTAGE.plusSeconds(10))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> isRunning(rest));
      restart(stack.postgres());

      load.awaitAcknowledged(1_000);
      assertNothingLost(load.finish());
      assertThat(isRunning(rest)).isTrue();
    } finally {
      restart(stack.postgres());
    }
  }

  private static void restart(Component component) {
    if (!component.isAlive()) {
      component.start();
      component.awaitReady(Duration.ofMinutes(1));
    }
  }

  private static void assertNothingLost(Outcome outcome) {
    assertThat(outcome.missing()).as("%s", outcome).isZero();
    assertThat(outcome.duplicated()).as("%s", outcome).isZero();
    assertThat(outcome.deadLettered()).as("%s", outcome).isZero();
  }

  private static boolean isRunning(ConnectRest rest) throws IOException, InterruptedException {
    return ConnectorStatus.of(rest.status("raw-telemetry")).isRunning();
  }

  private static long slotsConnected(Component bridge) {
    return Math.round(Metrics.of(bridge).value(SLOTS_CONNECTED));
  }
}
