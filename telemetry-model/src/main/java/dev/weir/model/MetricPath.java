package dev.weir.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a reading a rule finds its value: a field's name, or, beginning with {@code /}, a JSON
 * Pointer (RFC 6901) into nested objects and arrays. Immutable and thread-safe.
 */
public final class MetricPath {

  /** The longest path accepted, in UTF-8 bytes. */
  public static final int MAX_BYTES = 256;

  private static final ParserSource PARSERS = new ParserSource(DecoderLimits.DEFAULT.maxDepth());
  private static final String ARRAY_INDEX = "0|[1-9][0-9]{0,5}";
  private static final String BAD_ESCAPE = "(?s).*~(?![01]).*";

  private final List<String> steps;

  private MetricPath(List<String> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * The path that a text names.
   *
   * @throws IllegalArgumentException where {@link #problem} finds one
   */
  public static MetricPath of(String text) {
    problem(text)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    if (!text.startsWith("/")) {
      return new MetricPath(List.of(text));
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new MetricPath(steps);
  }

  /** What is wrong with a text as a path; empty where nothing is. */
  public static Optional<String> problem(String text) {
    if (text.isBlank() || text.equals("/")) {
      return Optional.of("must name a field of the reading, such as temperature or /motor/rpm");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("must be at most " + MAX_BYTES + " bytes");
    }
    if (text.startsWith("/") && text.matches(BAD_ESCAPE)) {
      return Optional.of("in a JSON Pointer, ~ is written ~0, and / within a name ~1");
    }
    return Optional.empty();
  }

  /** The value in a reading; empty where there is none, or null, or an object or array. */
  public Optional<Scalar> in(Reading reading) {
    for (JsonField field : reading.fields()) {
      if (field.name().equals(steps.get(0))) {
        return Optional.ofNullable(within(field));
      }
    }
    return Optional.empty();
  }

  private @Nullable Scalar within(JsonField field) {
    if (steps.size() == 1) {
      return Scalar.isScalar(field.type()) ? Scalar.of(field) : null;
    }
    if (Scalar.isScalar(field.type())) {
      return null;
    }
    try (JsonParser parser = PARSERS.open(field.raw().toByteArray())) {
      parser.nextToken();
      for (String step : steps.subList(1, steps.size())) {
        if (!enter(parser, step)) {
          return null;
        }
      }
      return scalar(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("reading JSON that was well-formed before", e);
    }
  }

  /** Goes on to the value of one step within the container that the parser stands on. */
  private static boolean enter(JsonParser parser, String step) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(step);
        parser.nextToken();
        if (found) {
          return true;
        }
        parser.skipChildren();
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY && step.matches(ARRAY_INDEX)) {
      int index = Integer.parseInt(step);
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        if (i == index) {
          return true;
        }
        parser.skipChildren();
      }
    }
    return false;
  }

  private static @Nullable Scalar scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Scalar(JsonType.STRING, parser.getText());
      case VALUE_NUMBER_INT -> new Scalar(JsonType.INTEGER, parser.getText());
      case VALUE_NUMBER_FLOAT -> new Scalar(JsonType.DECIMAL, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(JsonType.BOOLEAN, parser.getText());
      default -> null;
    };
  }
}
