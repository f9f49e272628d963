package dev.weir.deadletters;

/** Says to a person, in a sentence, why the dead letters cannot be read or settled. */
public final class DeadLettersException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The sentence. */
  public DeadLettersException(String message) {
    super(message);
  }

  /** The sentence and what lies behind it. */
  public DeadLettersException(String message, Throwable cause) {
    super(message, cause);
  }
}
