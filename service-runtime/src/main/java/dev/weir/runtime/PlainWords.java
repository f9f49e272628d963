package dev.weir.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one line what an exception says in many. */
final class PlainWords {

  private PlainWords() {}

  /** The messages of an exception and its causes, each once. */
  static String of(Throwable failure) {
    List<String> said = new ArrayList<>();
    @Nullable Throwable next = failure;
    for (int depth = 0; next != null && depth < 10; depth++) {
      String words = next.getMessage() == null ? next.getClass().getSimpleName() : message(next);
      if (said.stream().noneMatch(earlier -> earlier.contains(words))) {
        said.add(words);
      }
      next = next.getCause();
    }
    return String.join(": ", said);
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
