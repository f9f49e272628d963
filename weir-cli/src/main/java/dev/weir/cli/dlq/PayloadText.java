package dev.weir.cli.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A payload for a person's eyes: indented where it is JSON, else its bytes and characters. */
final class PayloadText {

  private static final int MOST_JSON = 64 * 1024;
  private static final int MOST_BYTES = 512;
  private static final int ROW = 16;
  private static final JsonFactory JSON = new JsonFactory();

  private PayloadText() {}

  /** The lines, with what they are in the first. */
  static List<String> of(byte[] payload) {
    List<String> lines = new ArrayList<>();
    Optional<String> json = payload.length <= MOST_JSON ? json(payload) : Optional.empty();
    if (json.isPresent()) {
      lines.add(Words.count(payload.length, "byte") + ", JSON");
      json.get().lines().map(Words::printable).forEach(lines::add);
      return lines;
    }
    lines.add(Words.count(payload.length, "byte") + (payload.length == 0 ? "" : ", as they are"));
    if (payload.length > 0) {
      lines.add(inline(Arrays.copyOf(payload, Math.min(payload.length, MOST_BYTES))));
    }
    int shown = Math.min(payload.length, MOST_BYTES);
    for (int from = 0; from < shown; from += ROW) {
      lines.add(row(payload, from, Math.min(shown, from + ROW)));
    }
    if (shown < payload.length) {
      lines.add(
          "… and %s more; --raw writes all of them"
              .formatted(Words.count(payload.length - shown, "byte")));
    }
    return lines;
  }

  /**
   * Event by event, so that numbers keep their digits and a field that stands twice stays twice.
   */
  private static Optional<String> json(byte[] payload) {
    StringWriter text = new StringWriter();
    try (JsonParser parser = JSON.createParser(payload);
        JsonGenerator generator = JSON.createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      generator.setPrettyPrinter(printer);
      boolean any = false;
      while (parser.nextToken() != null) {
        if (parser.currentToken().isNumeric()) {
          generator.writeNumber(parser.getText());
        } else {
          generator.copyCurrentEvent(parser);
        }
        any = true;
      }
      generator.flush();
      return any ? Optional.of(text.toString()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String row(byte[] payload, int from, int to) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%06x ", from));
    for (int i = from; i < from + ROW; i++) {
      row.append(i < to ? String.format(Locale.ROOT, " %02x", payload[i]) : "   ");
    }
    row.append("  ");
    for (int i = from; i < to; i++) {
      row.append(payload[i] >= ' ' && payload[i] < 0x7f ? (char) payload[i] : '.');
    }
    return row.toString();
  }

  /** A key or a header's value. */
  static String inline(byte[] bytes) {
    return Words.printable(new String(bytes, UTF_8));
  }
}
