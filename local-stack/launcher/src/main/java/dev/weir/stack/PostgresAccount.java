package dev.weir.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who PostgreSQL runs as. It refuses to run as root, so root steps aside: into a user namespace
 * where it is nobody (files stay root's), or to the user nobody, who is then given the data.
 *
 * @param prefix put before each of PostgreSQL's commands
 * @param owner who owns the data, or empty to leave it
 */
record PostgresAccount(List<String> prefix, String owner) {

  private static final String NOBODY = "65534";

  static PostgresAccount current() {
    if (!Commands.run(List.of("id", "-u")).output().equals("0")) {
      return new PostgresAccount(List.of(), "");
    }
    List<PostgresAccount> ways =
        List.of(
            new PostgresAccount(List.of("unshare", "-U"), "0"),
            new PostgresAccount(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                NOBODY));
    return ways.stream()
        .filter(way -> Commands.run(way.command(List.of("true"))).succeeded())
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works"
                        + " here to step down. Run as an ordinary user."));
  }

  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Gives the folder with all in it to who PostgreSQL runs as. */
  void own(Path folder) {
    if (owner.isEmpty()) {
      return;
    }
    var result = Commands.run(List.of("chown", "-R", owner + ":" + owner, folder.toString()));
    if (!result.succeeded()) {
      throw new StackException(
          "Cannot give %s to PostgreSQL: %s".formatted(folder, result.output()));
    }
  }
}
