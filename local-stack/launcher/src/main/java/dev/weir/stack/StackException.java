package dev.weir.stack;

/** Something a person has to know or decide; the message is written for them and stands alone. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
