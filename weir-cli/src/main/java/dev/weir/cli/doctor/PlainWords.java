package dev.weir.cli.doctor;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Says things as a person would. */
final class PlainWords {

  private PlainWords() {}

  /** Why something failed, on one line. */
  static String of(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause != null
        && (failure instanceof ExecutionException || failure instanceof CompletionException)) {
      return of(cause);
    }
    String message = failure.getMessage();
    if (failure instanceof TimeoutException
        || failure instanceof HttpTimeoutException
        || failure instanceof org.apache.kafka.common.errors.TimeoutException) {
      return "no answer in time" + (message == null ? "" : " (" + firstLine(message) + ")");
    }
    if (message == null && failure instanceof ConnectException) {
      return "the connection was refused";
    }
    if (message == null && cause != null) {
      return of(cause);
    }
    if (failure instanceof UnresolvedAddressException) {
      return "there is no such host";
    }
    return message == null ? failure.getClass().getSimpleName() : firstLine(message);
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  /** A duration as the options take it: {@code 3d}, {@code 90m}, {@code 1500ms}. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis != 0 && millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis != 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis != 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
