package dev.weir.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code weir} command as an operator runs it: a process of its own.
 *
 * @param exitCode what it answered
 * @param bytes what it wrote to standard output and, where that is not raw, to standard error
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record WeirCommand(int exitCode, byte[] bytes) {

  /** Begins the command; its errors go to its output, its input is empty. */
  static Process start(String... arguments) throws IOException {
    Process process = new ProcessBuilder(line(arguments)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs the command to its end. */
  static WeirCommand run(String... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }

  /** As {@link #run}, with what it writes to standard error left out. */
  static WeirCommand runRaw(String... arguments) throws IOException, InterruptedException {
    return end(
        new ProcessBuilder(line(arguments)).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  private static WeirCommand end(Process process) throws IOException, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    process.getInputStream().transferTo(output);
    return new WeirCommand(process.waitFor(), output.toByteArray());
  }

  private static List<String> line(String... arguments) {
    Path libraries = Path.of(System.getProperty("weir.dist"), "lib", "cli", "*");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                libraries.toString(),
                "dev.weir.cli.WeirMain"));
    line.addAll(List.of(arguments));
    return line;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
