package dev.weir.model;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, each with the path of its field; the first {@value #MOST}. */
final class Problems {

  static final int MOST = 20;

  private final List<String> found = new ArrayList<>();

  void add(String path, String problem) {
    if (found.size() < MOST) {
      found.add(path + ": " + problem);
    } else if (found.size() == MOST) {
      found.add("and more");
    }
  }

  void add(String problem) {
    found.add(problem);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int size() {
    return found.size();
  }

  List<String> list() {
    return List.copyOf(found);
  }
}
