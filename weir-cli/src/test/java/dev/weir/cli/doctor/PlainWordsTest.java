package dev.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PlainWordsTest {

  @Test
  void saysWhyAndNotWhere() {
    assertThat(PlainWords.of(new ExecutionException(new IOException("gone\n\tat line 1"))))
        .isEqualTo("gone");
    Throwable refused = new ConnectException().initCause(new ClosedChannelException());
    assertThat(PlainWords.of(refused)).isEqualTo("the connection was refused");
    assertThat(PlainWords.of(new TimeoutException())).isEqualTo("no answer in time");
    assertThat(PlainWords.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void writesDurationsAsOptionsTakeThem() {
    assertThat(PlainWords.of(Duration.ofDays(3))).isEqualTo("3d");
    assertThat(PlainWords.of(Duration.ofHours(25))).isEqualTo("25h");
    assertThat(PlainWords.of(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(PlainWords.of(Duration.ofMinutes(2))).isEqualTo("2m");
    assertThat(PlainWords.of(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(PlainWords.of(Duration.ZERO)).isEqualTo("0s");
  }
}
