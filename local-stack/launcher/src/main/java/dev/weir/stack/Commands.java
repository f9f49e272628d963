package dev.weir.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short system commands to their end. */
final class Commands {

  private static final int SECONDS = 120;

  private Commands() {}

  /** What a finished command left: its exit code and all it printed. */
  record Result(int exitCode, String output) {

    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** A command that cannot be started has exit code 127, as in a shell. */
  static Result run(List<String> command) {
    Process process = null;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new StackException("%s did not end within %d s.".formatted(command, SECONDS));
      }
      return new Result(process.exitValue(), output.strip());
    } catch (IOException e) {
      return new Result(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while running %s.".formatted(command), e);
    } finally {
      if (process != null) {
        process.destroyForcibly(); // no effect on one that has ended
      }
    }
  }

  /** Sends a signal; processes that are gone already are fine. */
  static void signal(String signal, Collection<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\"", signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(command);
  }
}
