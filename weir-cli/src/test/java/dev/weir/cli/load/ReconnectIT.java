package dev.weir.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A load run's devices at a broker that lets in only those who show a password. */
@Tag("debian")
@Timeout(120)
class ReconnectIT {

  private static final LoadPlan PLAN = new LoadPlan(2, 2, 50, Optional.empty());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void showsItsPasswordAgain_whenTheBrokerComesBack() throws Exception {
    Path passwords = folder.resolve("passwords");
    int code =
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "load", "secret")
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isZero();
    // started by root it would become a user who may not read the passwords
    String settings =
        "user %s\nallow_anonymous false\npassword_file %s"
            .formatted(System.getProperty("user.name"), passwords);
    try (Mosquitto broker = new Mosquitto(folder)) {
      broker.start(settings);
      MqttEndpoint endpoint = new MqttEndpoint("127.0.0.1", broker.port(), "load", "secret");
      try (LoadRun run = LoadRun.connect(PLAN, endpoint)) {
        CompletableFuture<Void> published = CompletableFuture.runAsync(() -> publish(run));
        awaitAcknowledged(run, 50);
        broker.kill();
        broker.start(settings);
        awaitAcknowledged(run, run.ledger().publishedCount() + 50);
        run.stop();
        published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static void publish(LoadRun run) {
    try {
      run.publish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAcknowledged(LoadRun run, long count) {
    Awaitility.await(count + " acknowledged readings")
        .atMost(PATIENCE)
        .until(() -> run.ledger().acknowledgedCount() >= count);
  }
}
