package dev.weir.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command line of a child JVM: small and quick to start by default, because six of them share
 * one machine. The first compiler alone halves the work of a start and carries more than ten
 * thousand messages a second; {@code -XX:TieredStopAtLevel=4} brings the second one back. That, a
 * larger heap and any other option come from the system property {@code weir.<program>.jvm.opts} or
 * the environment variable {@code WEIR_<PROGRAM>_JVM_OPTS}.
 *
 * @param program the folder below {@code lib/} and the name in the options
 * @param heap the largest heap, as in {@code -Xmx}
 */
record JavaProgram(String program, String heap, String mainClass) {

  List<String> command(Distribution distribution, Path temporary, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Xss512k");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.add("-Duser.timezone=UTC");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options(program));
    command.add("-cp");
    command.add(distribution.classPath(program));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private static List<String> options(String program) {
    String options = System.getProperty("weir." + program + ".jvm.opts");
    if (options == null) {
      options = System.getenv("WEIR_" + program.toUpperCase(Locale.ROOT) + "_JVM_OPTS");
    }
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+", -1));
  }
}
