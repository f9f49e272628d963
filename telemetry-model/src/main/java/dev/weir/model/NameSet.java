package dev.weir.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names seen in one JSON object: few as a rule, but a hostile sender may send thousands. */
final class NameSet {

  private static final int FEW = 16;

  private String[] few = new String[FEW];
  private int size;
  private @Nullable Set<String> many;

  /** Adds a name; false where it was there already. */
  boolean add(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int i = 0; i < size; i++) {
      if (few[i].equals(name)) {
        return false;
      }
    }
    if (size < FEW) {
      few[size++] = name;
      return true;
    }
    many = new HashSet<>(Arrays.asList(few));
    few = new String[0];
    return many.add(name);
  }
}
