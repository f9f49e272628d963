package dev.weir.cli.dlq;

import dev.weir.deadletters.Decision;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.Place;
import dev.weir.deadletters.QueueView.Standing;
import dev.weir.model.DeadLetter;
import dev.weir.model.Device;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import org.apache.kafka.common.header.Header;

/** One dead letter on the screen: what its headers say in words, and its payload. */
public final class LetterPage {

  private final PrintWriter out;
  private final Instant now;

  /** Pages printed to a writer. */
  public LetterPage(PrintWriter out, Instant now) {
    this.out = out;
    this.now = now;
  }

  /**
   * Prints a letter.
   *
   * @param standing whether it is in the queue
   */
  public void print(Letter letter, Standing standing) {
    out.printf(Locale.ROOT, "%s  %s%n", letter.id(), where(letter, standing));
    String detail = letter.header(DeadLetter.DETAIL).map(d -> ": " + d).orElse("");
    line("reason", letter.reason() + detail);
    line("refused by", letter.stage() + ", " + times(letter.attempt()));
    line(
        "refused at",
        letter.time() + " (" + Words.duration(Duration.between(letter.time(), now)) + " ago)");
    line("came from", letter.header(DeadLetter.SOURCE).orElse("(it does not say)"));
    line("device", letter.device().map(Device::key).orElseGet(() -> "none; key " + key(letter)));
    letter.header(DeadLetter.RETRY_OF).ifPresent(of -> line("retry of", of));
    letter
        .header(DeadLetter.ORIGINAL_LENGTH)
        .ifPresent(length -> line("kept", "only the beginning, of " + length + " bytes"));
    line(
        "replay",
        letter.destination() instanceof Decision.Replay replay
            ? "goes to topic " + replay.topic()
            : "cannot: it " + ((Decision.Leave) letter.destination()).why());
    for (Header header : letter.foreignHeaders()) {
      byte[] value = header.value();
      line("header", header.key() + "=" + (value == null ? "" : PayloadText.inline(value)));
    }
    payload(letter);
  }

  private void payload(Letter letter) {
    byte[] value = letter.value();
    if (value == null) {
      line("payload", "none");
      return;
    }
    Iterator<String> lines = PayloadText.of(value).iterator();
    line("payload", lines.next());
    lines.forEachRemaining(text -> out.println("    " + text));
  }

  private static String where(Letter letter, Standing standing) {
    return switch (standing) {
      case QUEUED -> letter.place() == Place.PARKED ? "parked" : "waiting";
      case SETTLED -> "settled: replayed or dropped";
      case RETRIED -> "retried: stored, or parked under another name";
    };
  }

  private static String times(int attempt) {
    return attempt == 1 ? "for the first time" : attempt + " times";
  }

  private static String key(Letter letter) {
    byte[] key = letter.key();
    return key == null ? "(none)" : PayloadText.inline(key);
  }

  private void line(String name, String text) {
    out.printf(Locale.ROOT, "  %-11s%s%n", name, Words.printable(text));
  }
}
