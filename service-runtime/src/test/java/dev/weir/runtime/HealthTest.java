package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {

  private final Health health = new Health();

  @Test
  void isReadyWhenEveryPartIs() {
    health.report("mqtt", true, "8 slots subscribed");
    assertThat(health.isReady()).isTrue();

    health.report("kafka", false, "waiting for localhost:9092");
    assertThat(health.isReady()).isFalse();
    assertThat(health.checks())
        .extracting(Health.Check::toString)
        .containsExactly(
            "not ready kafka: waiting for localhost:9092", "ok mqtt: 8 slots subscribed");

    health.report("kafka", true, "connected");
    assertThat(health.isReady()).isTrue();
  }
}
