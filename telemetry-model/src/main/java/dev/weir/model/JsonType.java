package dev.weir.model;

/** The JSON type of a value. */
public enum JsonType {
  STRING,
  /** A number without fraction and exponent. */
  INTEGER,
  /** A number with fraction or exponent. */
  DECIMAL,
  BOOLEAN,
  NULL,
  OBJECT,
  ARRAY
}
