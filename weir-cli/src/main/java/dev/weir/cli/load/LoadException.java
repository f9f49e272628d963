package dev.weir.cli.load;

/** A load run cannot start or go on; the message is for the person who started it. */
public final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure in words for a person. */
  public LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
