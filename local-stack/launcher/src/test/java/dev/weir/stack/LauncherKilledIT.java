package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LauncherKilledIT {

  @TempDir Path folder;

  @Test
  void leavesNoProcessAndStartsAgainOnItsData() throws Exception {
    Process launcher = launch();
    List<ProcessHandle> family = new ArrayList<>();
    try {
      awaitStarted(launcher);
      launcher.descendants().forEach(family::add);
      assertThat(commands(family)).contains("java", "postgres", "sh");

      assertThatSecondStackIsRefused();
    } finally {
      Commands.signal("KILL", List.of(launcher.toHandle()));
    }

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
    try (LocalStack again = LocalStack.builder(folder).broker().kafka().postgres().start()) {
      assertThat(again.failures()).isEmpty();
    }
  }

  private void assertThatSecondStackIsRefused() {
    assertThatThrownBy(() -> LocalStack.builder(folder).broker().start())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("Another stack is running on " + folder)
        .hasMessageContaining("--data");
  }

  private static List<String> commands(List<ProcessHandle> processes) {
    return processes.stream()
        .flatMap(process -> process.info().command().stream())
        .map(command -> Path.of(command).getFileName().toString().replace("dash", "sh"))
        .map(command -> command.replace("bash", "sh"))
        .distinct()
        .toList();
  }

  private static void awaitStarted(Process launcher) throws Exception {
    var out =
        new BufferedReader(
            new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(StackForTest.READY)) {
        return;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("The launcher ended: " + seen);
  }

  private Process launch() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dweir.dist=" + System.getProperty("weir.dist"),
            "-cp",
            classPath,
            StackForTest.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }
}
