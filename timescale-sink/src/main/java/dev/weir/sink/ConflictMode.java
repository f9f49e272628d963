package dev.weir.sink;

import java.util.Locale;

/** What to do with a row whose key is in the table already. */
enum ConflictMode {
  /** The later record wins; a redelivered one changes nothing. */
  UPDATE,
  /** The first record wins. */
  IGNORE;

  static ConflictMode of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
