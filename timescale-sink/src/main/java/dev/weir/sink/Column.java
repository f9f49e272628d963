package dev.weir.sink;

import org.jspecify.annotations.Nullable;

/**
 * A column that the sink may fill.
 *
 * @param name as the database knows it
 * @param type how JSON becomes a value of it
 * @param sqlType the type's name in SQL, without length or precision
 * @param keyPosition its place in the primary key, from 1; 0 where it is not of the key
 * @param defaultValue the SQL expression of its default; null where it has none
 */
record Column(
    String name, ColumnType type, String sqlType, int keyPosition, @Nullable String defaultValue) {

  /** Whether it belongs to the primary key. */
  boolean key() {
    return keyPosition > 0;
  }

  String quoted() {
    return TableName.quote(name);
  }
}
