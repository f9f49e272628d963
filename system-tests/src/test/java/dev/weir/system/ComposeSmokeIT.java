package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.verify.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The full stack, brought up by docker compose as the README has it, and its faults. */
@Tag("docker")
@Timeout(2400)
class ComposeSmokeIT {

  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final Duration UP = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final double RATE = 100;
  private static final long SOME = 1_000;

  private FullStack stack;
  private Docker docker;

  @BeforeEach
  void bringUp() throws Exception {
    Docker.requireCompose();
    stack = FullStack.of("weir-smoke");
    docker = new Docker(stack.environment());
    docker.must(BUILD, "compose", "build");
    docker.must(UP, "compose", "up", "-d", "--wait", "--scale", "bridge=3");
  }

  /** What the parts logged is kept beside the test's report; what they stored is not. */
  @AfterEach
  void bringDown() throws IOException {
    if (docker != null) {
      String log = docker.run(SOON, "compose", "logs", "--no-color", "--timestamps").text();
      Files.writeString(ComposeFile.ROOT.resolve("system-tests/target/compose-smoke.log"), log);
      docker.must(UP, "compose", "down", "--volumes", "--remove-orphans");
    }
  }

  @Test
  void losesNothing_whenBridgesAndKafkaComeAndGo() throws Exception {
    try (BackgroundLoad load =
        BackgroundLoad.start(stack.broker(), RATE, stack.rows(), stack.letters())) {
      load.awaitAcknowledged(SOME);

      crash(bridges().get(0));
      load.awaitAcknowledged(SOME);

      docker.must(UP, "compose", "up", "-d", "--wait", "--no-recreate", "--scale", "bridge=1");
      assertThat(bridges()).hasSize(1);
      load.awaitAcknowledged(SOME);

      docker.must(SOON, "compose", "stop", "kafka");
      load.awaitAcknowledged(SOME); // EMQX holds them meanwhile
      docker.must(SOON, "compose", "start", "kafka");
      load.awaitAcknowledged(SOME);

      Outcome outcome = load.finish();
      assertThat(outcome.missing()).as("%s", outcome).isZero();
      assertThat(outcome.duplicated()).as("%s", outcome).isZero();
      assertThat(outcome.deadLettered()).as("%s", outcome).isZero();
    }
    docker.must(UP, "compose", "up", "-d", "--wait", "--no-recreate");
  }

  private List<String> bridges() {
    return docker.must(SOON, "compose", "ps", "--quiet", "bridge").lines().toList();
  }

  /**
   * Kills the process inside: for Docker that is a crash, after which the service is started again,
   * while {@code docker kill} is an operator's stop.
   */
  private void crash(String container) {
    var unused = docker.run(SOON, "exec", container, "sh", "-c", "kill -9 -1");
    Awaitility.await("the bridge that crashed is started again and healthy")
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                docker
                    .must(
                        SOON,
                        "inspect",
                        "--format",
                        "{{.RestartCount}} {{.State.Health.Status}}",
                        container)
                    .equals("1 healthy"));
    assertThat(bridges()).hasSize(3).contains(container);
  }
}
