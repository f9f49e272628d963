package dev.weir.cli.load;

/** A load run cannot start or go on; the message is for the person who started it. */
public final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The broker did not accept a connection or a subscription. */
  public static LoadException unreachable(MqttEndpoint broker, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? "no answer in time" : root.getMessage();
    return new LoadException("cannot use the MQTT broker at " + broker + ": " + reason, failure);
  }
}
