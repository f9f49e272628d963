package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

  @Test
  void waitsTwiceAsLongEachTimeUpToALimitAndBeginsAnewAfterwards() {
    Outage outage = new Outage(Duration.ofMillis(500), Duration.ofSeconds(5));
    SQLException away = new SQLException("refused", "08001");
    assertThat(outage.failed(away)).hasMillis(500);
    assertThat(outage.failed(away)).hasMillis(1000);
    assertThat(outage.failed(away)).hasMillis(2000);
    assertThat(outage.failed(away)).hasMillis(4000);
    for (int i = 0; i < 100; i++) {
      assertThat(outage.failed(away)).hasSeconds(5);
    }
    outage.over();
    assertThat(outage.failed(away)).hasMillis(500);
  }
}
