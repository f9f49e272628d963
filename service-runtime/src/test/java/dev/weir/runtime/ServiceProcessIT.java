package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes, seen from outside of a real process. */
@Timeout(120)
class ServiceProcessIT {

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private Path out = Path.of("");
  private Path err = Path.of("");

  @BeforeEach
  void nameFiles() {
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SampleService.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(KAFKA|MQTT|HTTP|LOG)_.*"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ended").isTrue();
    return process.exitValue();
  }

  private void awaitOutput(String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Files.readString(out)).contains(text));
  }

  private String output() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  @Test
  void endsWith0_whenAskedToStop() throws Exception {
    Process process = start();
    awaitOutput("sample started");

    process.destroy();

    assertThat(exitOf(process)).isEqualTo(0);
    assertThat(output()).contains("closed", "sample ended exit=0");
  }

  @Test
  void endsWith0_whenAskedToStopWhileStarting() throws Exception {
    Process process = start("--sample-mode=wait-in-start");
    awaitOutput("serving http");

    process.destroy();

    assertThat(exitOf(process)).isEqualTo(0);
    assertThat(output()).contains("closed").doesNotContain("could not start");
  }

  @Test
  void endsWith1AfterItsTimeout_whenTheServiceDoesNotClose() throws Exception {
    Process process = start("--sample-mode=hang-in-close", "--shutdown-timeout=1s");
    awaitOutput("sample started");

    process.destroy();

    assertThat(exitOf(process)).isEqualTo(1);
    assertThat(output()).contains("did not stop within shutdown.timeout=1s");
  }

  @Test
  void endsWith1_whenTheServiceCannotGoOn() throws Exception {
    assertThat(exitOf(start("--sample-mode=fatal"))).isEqualTo(1);
    assertThat(output()).contains("sample cannot go on: the producer is fenced", "closed");
  }

  @Test
  void endsWith1_whenNobodyCatchesAnException() throws Exception {
    assertThat(exitOf(start("--sample-mode=uncaught"))).isEqualTo(1);
    assertThat(output()).contains("sample cannot go on: a bug", "closed");
  }

  @Test
  void endsWith2_whenSettingsAreWrong() throws Exception {
    assertThat(exitOf(start("--mqtt-port=x", "--kafka-acks=1", "--htp-port=1"))).isEqualTo(2);
    assertThat(Files.readString(out)).isEmpty();
    assertThat(Files.readString(err))
        .isEqualTo(
            """
            weir sample cannot start: 3 settings are wrong
              flag --htp-port: no such setting; did you mean --http-port?
              mqtt.port = 'x' (flag --mqtt-port): must be a whole number from 1 to 65535
              kafka.acks = '1' (flag --kafka-acks): cannot be set: an acknowledged reading must be on all replicas
            All settings are shown by --help.
            """);
  }

  @Test
  void endsWith3InOneLine_whenItCannotStart() throws Exception {
    assertThat(exitOf(start("--sample-mode=fail-start"))).isEqualTo(3);
    assertThat(output())
        .contains("sample could not start: no slot is free", "closed")
        .doesNotContain("\tat ");
  }

  @Test
  void endsWith3AndNamesThePort_whenItIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(exitOf(start("--http-port=" + taken.getLocalPort()))).isEqualTo(3);
      assertThat(output())
          .contains("127.0.0.1:" + taken.getLocalPort(), "--http-port")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void helpIsNotAFailure() throws Exception {
    assertThat(exitOf(start("--help"))).isEqualTo(0);
    assertThat(output()).startsWith("weir sample: ");
  }
}
