package dev.weir.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs a component in a session of its own (so Ctrl-C in a terminal reaches only
 * the launcher) under {@code guard.sh} (so it ends when the launcher does, however that ends).
 */
final class Guard {

  private static final List<String> PERL_SETSID =
      List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!;");

  private Guard() {}

  static List<String> command(Path script, Path pidFile, String endSignal, List<String> command) {
    List<String> guarded = new ArrayList<>();
    if (isOnPath("setsid")) {
      guarded.add("setsid");
    } else if (isOnPath("perl")) {
      guarded.addAll(PERL_SETSID);
    }
    guarded.add("sh");
    guarded.add(script.toString());
    guarded.add(pidFile.toString());
    guarded.add(endSignal);
    guarded.addAll(command);
    return guarded;
  }

  static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
