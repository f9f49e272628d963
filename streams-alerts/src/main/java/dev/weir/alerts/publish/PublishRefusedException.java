package dev.weir.alerts.publish;

/** This one message is not, and never will be, accepted, for what it is. */
final class PublishRefusedException extends RuntimeException {

  PublishRefusedException(String message) {
    super(message);
  }
}
