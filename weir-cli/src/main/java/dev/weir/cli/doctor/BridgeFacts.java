package dev.weir.cli.doctor;

import java.util.List;

/**
 * What a bridge replica says of itself.
 *
 * @param status the HTTP status of {@code /ready}
 * @param parts the lines of its answer
 * @param clock how its clock differs
 */
record BridgeFacts(int status, List<String> parts, ClockReading clock) {

  BridgeFacts {
    parts = List.copyOf(parts);
  }
}
