package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageLogTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong clock = new AtomicLong();
  private final Logger logger = context.getLogger("test");
  private final OutageLog outage = new OutageLog(logger, "connection to a:1", clock::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void saysAnOutageOnceAndItsEnd() {
    for (int i = 0; i < 10; i++) {
      outage.failed("refused");
      pass(Duration.ofSeconds(3));
    }
    assertThat(outage.isOutage()).isTrue();
    outage.recovered();
    outage.recovered();

    assertThat(outage.isOutage()).isFalse();
    assertThat(lines.list)
        .extracting(ILoggingEvent::toString)
        .containsExactly(
            "[WARN] connection to a:1 failed, trying again: refused",
            "[INFO] connection to a:1 works again attempts=10 after=30s");
  }

  @Test
  void repeatsItselfRarely() {
    for (int i = 0; i < 601; i++) {
      outage.failed(new IllegalStateException("refused"));
      pass(Duration.ofSeconds(1));
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "connection to a:1 failed, trying again: refused",
            "connection to a:1 still fails attempts=301 since=300s: refused",
            "connection to a:1 still fails attempts=601 since=600s: refused");
  }

  @Test
  void everyOutageIsNew() {
    outage.failed("refused");
    outage.recovered();
    outage.failed("reset");

    assertThat(lines.list).hasSize(3).last().asString().contains("failed, trying again: reset");
  }
}
