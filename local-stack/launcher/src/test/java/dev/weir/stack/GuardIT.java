package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class GuardIT {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;
  private DataFolder data;

  @BeforeEach
  void openFolder() {
    data = DataFolder.open(folder);
  }

  @AfterEach
  void closeFolder() {
    data.close();
  }

  @Test
  void handsOnTheExitCodeAndLeavesNothing() throws Exception {
    Process guard = guard("KILL", "sh", "-c", "echo ran; exit 7");
    List<ProcessHandle> family = guard.descendants().toList();

    assertThat(guard.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(guard.exitValue()).isEqualTo(7);
    assertThat(log()).containsExactly("ran");
    assertThat(data.pidFile("test")).doesNotExist();
    await().atMost(SOON).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void endsTheCommandWhenTheLauncherIsGone() throws Exception {
    Process guard = guard("KILL", "sleep", "600");
    ProcessHandle command = command();
    List<ProcessHandle> family = guard.descendants().toList();

    guard.getOutputStream().close(); // what the system does for a launcher that ends

    assertThat(guard.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(SOON).until(() -> !command.isAlive());
    await().atMost(SOON).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void endsEvenACommandThatHangs() throws Exception {
    Process guard = guard("QUIT", "sh", "-c", "trap 'exit 3' QUIT; echo on; while :; do :; done");
    ProcessHandle command = command();
    await().atMost(SOON).until(() -> log().equals(List.of("on")));
    Commands.signal("STOP", List.of(command));

    guard.getOutputStream().close();

    await().atMost(SOON).until(() -> !command.isAlive());
    assertThat(guard.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsEvenACommandThatDoesNotListen() throws Exception {
    Process guard = guard("QUIT", "sh", "-c", "trap '' QUIT; echo on; exec sleep 600");
    ProcessHandle command = command();
    await().atMost(SOON).until(() -> log().equals(List.of("on")));

    guard.getOutputStream().close();

    await().atMost(SOON).until(() -> !command.isAlive());
  }

  @Test
  void endsTheCommandEvenAfterItWasKilledItself() throws Exception {
    Process guard = guard("KILL", "sleep", "600");
    ProcessHandle command = command();

    Commands.signal("KILL", List.of(guard.toHandle()));
    assertThat(guard.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    guard.getOutputStream().close();

    await().atMost(SOON).until(() -> !command.isAlive());
  }

  @Test
  void runsTheCommandInASessionOfItsOwnWithNothingToRead() throws Exception {
    Process guard = guard("KILL", "sh", "-c", "cat; echo read nothing; exec sleep 600");
    ProcessHandle command = command();

    await().atMost(SOON).until(() -> log().equals(List.of("read nothing")));
    assertThat(processGroup(command)).isEqualTo(guard.pid());
    guard.getOutputStream().close();
  }

  @Test
  void writesTheProcessIdOfTheCommandItself() throws Exception {
    RunningProcess process = start("KILL", "sleep", "600");
    ProcessHandle command = ProcessHandle.of(process.pid()).orElseThrow();
    await().atMost(SOON).until(() -> command.info().command().orElse("").contains("sleep"));

    process.signalAll("STOP");
    assertThat(process.isAlive()).isTrue();
    process.signalAll("CONT");
    process.kill(SOON);

    assertThat(command.isAlive()).isFalse();
    assertThat(process.exitCode()).isEqualTo(128 + 9);
  }

  private RunningProcess start(String signal, String... command) throws IOException {
    Path pidFile = data.pidFile("test");
    List<String> guarded = Guard.command(data.guard(), pidFile, signal, List.of(command));
    return RunningProcess.start(guarded, Map.of(), pidFile, data.log("test"));
  }

  private Process guard(String signal, String... command) throws IOException {
    Path pidFile = data.pidFile("test");
    return new ProcessBuilder(Guard.command(data.guard(), pidFile, signal, List.of(command)))
        .redirectErrorStream(true)
        .redirectOutput(data.log("test").toFile())
        .start();
  }

  private ProcessHandle command() {
    await().atMost(SOON).until(() -> Files.exists(data.pidFile("test")));
    try {
      long pid = Long.parseLong(Files.readString(data.pidFile("test")).strip());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(data.log("test"));
  }

  private static long processGroup(ProcessHandle process) {
    String pid = Long.toString(process.pid());
    return Long.parseLong(Commands.run(List.of("ps", "-o", "pgid=", "-p", pid)).output().strip());
  }
}
