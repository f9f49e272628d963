package dev.weir.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code host:port}. */
final class BrokerConverter implements ITypeConverter<BrokerConverter.Address> {

  private static final int MAX_PORT = 65_535;

  /**
   * A server's address.
   *
   * @param host name or address
   * @param port TCP port
   */
  record Address(String host, int port) {}

  @Override
  public Address convert(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port >= 1 && port <= MAX_PORT) {
          return new Address(text.substring(0, colon), port);
        }
      } catch (NumberFormatException e) {
        throw notAnAddress(text);
      }
    }
    throw notAnAddress(text);
  }

  private static TypeConversionException notAnAddress(String text) {
    return new TypeConversionException(
        "'" + text + "' is not host:port with a port from 1 to " + MAX_PORT);
  }
}
