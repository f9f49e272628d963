package dev.weir.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The trace that a message belongs to, as it is handed on beside it: in user properties of MQTT 5
 * and in headers of Kafka, under the same two names. It is handed on as it came; what is not as <a
 * href="https://www.w3.org/TR/trace-context-1/">W3C Trace Context, level 1</a> has it is left out,
 * and is never an error: the reading matters, not its trace.
 *
 * @param traceparent the trace and the span within it, in the form of version 00
 * @param tracestate what tracing systems add to that; empty for nothing
 */
public record TraceContext(String traceparent, String tracestate) {

  /** The name of the user property and of the header that holds the trace and the span. */
  public static final String TRACEPARENT = "traceparent";

  /** The name of the user property and of the header that holds what tracing systems add. */
  public static final String TRACESTATE = "tracestate";

  /** The longest {@code tracestate} that is handed on: what everybody has to be able to carry. */
  static final int MOST_STATE = 512;

  private static final int MOST_MEMBERS = 32;
  private static final int LENGTH = 55;
  private static final int FLAGS = 53;
  private static final String VERSION = "00";
  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern MEMBER =
      Pattern.compile(
          "([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
              + "=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

  /**
   * The context that a message brings along.
   *
   * @param traceparents the values of all its {@value #TRACEPARENT} fields
   * @param tracestates the values of all its {@value #TRACESTATE} fields, which together are one
   *     list
   * @return empty where there is not exactly one valid traceparent; without its state where that is
   *     invalid or too long
   */
  public static Optional<TraceContext> of(List<String> traceparents, List<String> tracestates) {
    return traceparents.size() == 1
        ? parent(traceparents.get(0))
            .map(parent -> new TraceContext(parent, state(String.join(",", tracestates))))
        : Optional.empty();
  }

  /** The fields by name; each value is to be written in UTF-8. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(TRACEPARENT, traceparent);
    if (!tracestate.isEmpty()) {
      fields.put(TRACESTATE, tracestate);
    }
    return fields;
  }

  /** A later version may say more after the flags, of which only the first is known. */
  private static Optional<String> parent(String text) {
    if (text.length() < LENGTH || !PARENT.matcher(text.substring(0, LENGTH)).matches()) {
      return Optional.empty();
    }
    if (text.startsWith(VERSION)) {
      return text.length() == LENGTH ? Optional.of(text) : Optional.empty();
    }
    if (text.length() > LENGTH && text.charAt(LENGTH) != '-') {
      return Optional.empty();
    }
    int sampled = Character.digit(text.charAt(LENGTH - 1), 16) & 1;
    return Optional.of(VERSION + text.substring(VERSION.length(), FLAGS) + "0" + sampled);
  }

  private static String state(String text) {
    if (text.length() > MOST_STATE) {
      return "";
    }
    Set<String> keys = new HashSet<>();
    for (String part : text.split(",", -1)) {
      String member = trim(part);
      if (!member.isEmpty()
          && (!MEMBER.matcher(member).matches()
              || !keys.add(member.substring(0, member.indexOf('='))))) {
        return "";
      }
    }
    return keys.isEmpty() || keys.size() > MOST_MEMBERS ? "" : text;
  }

  /** Without the spaces and tabs around it, which is all the white space that lists may have. */
  private static String trim(String part) {
    int from = 0;
    int to = part.length();
    while (from < to && isBlank(part.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(part.charAt(to - 1))) {
      to--;
    }
    return part.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
