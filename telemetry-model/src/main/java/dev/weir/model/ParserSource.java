package dev.weir.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens parsers that share the field names seen so far, so that a name is only once made a string.
 *
 * <p>The parser copies its table of names whenever it meets a new one. A sender of ever new names
 * would make the table, and each copy, large; so names are bounded in length, and all of them are
 * forgotten now and then. Thread-safe.
 */
final class ParserSource {

  /** The longest field name, in bytes. */
  static final int MAX_NAME_BYTES = 256;

  /** Deeper than this, an array's other elements are not looked at either. */
  private static final int MAX_PARSED_DEPTH = 1_000;

  private static final int PARSERS_PER_FACTORY = 512;

  private final AtomicLong opened = new AtomicLong();
  private volatile JsonFactory factory;

  ParserSource(int maxDepth) {
    this.factory =
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(Math.max(MAX_PARSED_DEPTH, maxDepth + 1))
                    .maxNameLength(MAX_NAME_BYTES)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /** A parser of these bytes, which must be UTF-8 without NUL: those are taken for UTF-16. */
  JsonParser open(byte[] utf8) throws IOException {
    if (opened.incrementAndGet() % PARSERS_PER_FACTORY == 0) {
      factory = factory.copy();
    }
    return factory.createParser(utf8);
  }
}
