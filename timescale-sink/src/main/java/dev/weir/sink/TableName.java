package dev.weir.sink;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A table's name as the operator writes it: {@code table} or {@code schema.table}, in the case that
 * the database knows it by.
 *
 * @param text as written
 */
record TableName(String text) {

  TableName {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 2 || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("not table or schema.table: '" + text + "'");
    }
  }

  /** The name as it must stand in SQL. */
  String quoted() {
    return Arrays.stream(text.split("\\.", -1))
        .map(TableName::quote)
        .collect(Collectors.joining("."));
  }

  /** An identifier as it must stand in SQL. */
  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return text;
  }
}
