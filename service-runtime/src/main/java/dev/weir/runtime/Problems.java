package dev.weir.runtime;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with the settings, one sentence each. */
final class Problems {

  private final List<String> sentences = new ArrayList<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  List<String> sentences() {
    return sentences;
  }
}
