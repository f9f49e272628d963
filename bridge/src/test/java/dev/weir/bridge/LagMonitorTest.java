package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LagMonitorTest {

  private final AtomicLong now = new AtomicLong();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LagMonitor monitor =
      new LagMonitor(Duration.ofSeconds(5), new BridgeMetrics(registry), now::get);
  private final Logger log = (Logger) LoggerFactory.getLogger(LagMonitor.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(logged);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    monitor.tick();
  }

  private List<ILoggingEvent> logged(Level level) {
    return logged.list.stream().filter(event -> event.getLevel() == level).toList();
  }

  @Test
  void warnsOncePerEpisodeWithTheLagInSeconds() {
    for (int i = 0; i < 100; i++) {
      monitor.observe(7_500);
      pass(Duration.ofSeconds(1));
    }

    assertThat(logged(Level.WARN)).hasSize(1);
    assertThat(logged(Level.WARN).get(0).getFormattedMessage()).contains("lag_seconds=7.5");
    assertThat(logged(Level.INFO)).isEmpty();
  }

  @Test
  void saysWhenTheEpisodeIsOverAndWarnsOfTheNext() {
    monitor.observe(6_000);
    monitor.observe(90_000);
    pass(LagMonitor.QUIET.plusMillis(1));
    monitor.observe(6_000);

    assertThat(logged(Level.INFO)).hasSize(1);
    assertThat(logged(Level.INFO).get(0).getFormattedMessage())
        .contains("late_readings=2", "worst_lag_seconds=90.0");
    assertThat(logged(Level.WARN)).hasSize(2);
  }

  @Test
  void doesNotFlapAroundTheThreshold() {
    monitor.observe(5_100);
    for (int i = 0; i < 30; i++) {
      pass(Duration.ofSeconds(1));
      monitor.observe(4_900);
    }

    assertThat(logged(Level.INFO)).isEmpty();
    assertThat(monitor.late()).isTrue();
  }

  @Test
  void staysSilentWhileReadingsAreInTime() {
    monitor.observe(4_900);
    monitor.observe(-60_000);
    pass(Duration.ofMinutes(1));

    assertThat(logged.list).isEmpty();
    assertThat(registry.get("weir.bridge.lag").summary().count()).isEqualTo(2);
    assertThat(registry.get("weir.bridge.lag").summary().max()).isEqualTo(4.9);
  }
}
