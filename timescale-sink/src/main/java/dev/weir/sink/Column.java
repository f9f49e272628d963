package dev.weir.sink;

import org.jspecify.annotations.Nullable;

/**
 * A column that the sink may fill.
 *
 * @param name as the database knows it
 * @param type how JSON becomes a value of it
 * @param sqlType the type's name in SQL, without length or precision
 * @param key whether it belongs to the primary key
 * @param defaultValue the SQL expression of its default; null where it has none
 */
record Column(
    String name, ColumnType type, String sqlType, boolean key, @Nullable String defaultValue) {

  String quoted() {
    return TableName.quote(name);
  }
}
