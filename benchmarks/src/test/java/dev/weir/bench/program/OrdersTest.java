package dev.weir.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.frame.ChildJava;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrdersTest {

  /** A program with a thread that never ends. */
  public static final class Endless {

    private Endless() {}

    /** Follows no orders. */
    public static void main(String[] args) throws Exception {
      CountDownLatch never = new CountDownLatch(1);
      new Thread(
              () -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              })
          .start();
      new Orders().follow();
    }
  }

  @Test
  void endsTheProgram_whenNobodyIsThereAnyMore() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(answers.readLine()).isEqualTo(ChildJava.READY);
      process.outputWriter(StandardCharsets.UTF_8).close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
