package dev.weir.runtime;

import java.util.Arrays;
import java.util.Optional;

/**
 * A server's address.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {

  static final String ALLOWED = "host:port with a port from 1 to 65535, such as localhost:9092";

  public HostPort {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not an address: " + host + ":" + port);
    }
  }

  /** Reads {@code host:port} or {@code [IPv6]:port}. */
  static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (!bare.matches(bracketed ? "[0-9A-Fa-f:.%]+" : "[A-Za-z0-9._-]+")) {
      return Optional.empty();
    }
    return Numbers.integer(text.substring(colon + 1))
        .filter(port -> port >= 1 && port <= 65_535)
        .map(port -> new HostPort(bare, port));
  }

  /** What is wrong with a list of addresses separated by commas; a check for settings. */
  public static Optional<String> problemInList(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(address -> parse(address).isEmpty())
        .findFirst()
        .map(
            address ->
                "must be a list of " + ALLOWED + ", separated by commas; '" + address + "' is not");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
