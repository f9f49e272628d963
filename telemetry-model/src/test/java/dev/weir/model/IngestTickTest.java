package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IngestTickTest {

  private static final long NOW = 1_767_225_600_000L;

  @Test
  void tellsTheTimeOfTheBridge() {
    assertThat(IngestTick.time(IngestTick.encode(NOW), NOW + 40)).hasValue(NOW);
  }

  @Test
  void tellsKafkasTime_whenTheBridgeIsAhead() {
    assertThat(IngestTick.time(IngestTick.encode(NOW + 3_600_000), NOW)).hasValue(NOW);
  }

  @Test
  void tellsNothing_whenItIsNoTick() {
    assertThat(IngestTick.time(IngestTick.question(), NOW)).isEmpty();
    assertThat(IngestTick.time(null, NOW)).isEmpty();
    assertThat(IngestTick.time(new byte[7], NOW)).isEmpty();
  }
}
