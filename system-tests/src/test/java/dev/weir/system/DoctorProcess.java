package dev.weir.system;

import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of {@code weir doctor} as a user has it.
 *
 * @param exitCode of the process
 * @param output both its streams
 */
record DoctorProcess(int exitCode, String output) {

  static DoctorProcess run(LocalStack stack, String... more)
      throws IOException, InterruptedException {
    Path dist = DoctorIT.dist();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dweir.dist=" + dist,
                "-cp",
                dist.resolve("lib/cli/*").toString(),
                "dev.weir.cli.WeirMain",
                "doctor",
                "--broker=127.0.0.1:" + stack.mqttPort(),
                "--kafka=" + stack.bootstrapServers(),
                "--connect=" + stack.connectUrl(),
                "--database=" + stack.jdbcUrl()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new DoctorProcess(process.waitFor(), output);
  }
}
