package dev.weir.cli.dlq;

import dev.weir.deadletters.Letter;
import dev.weir.model.Device;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What dead letters can be counted by. */
public enum Dimension {
  REASON,
  STAGE,
  USER,
  DEVICE,
  HOUR;

  private static final String NONE = "-";

  /** The letter's value. */
  String of(Letter letter) {
    return switch (this) {
      case REASON -> letter.reason();
      case STAGE -> letter.stage();
      case USER -> letter.user().orElse(NONE);
      case DEVICE -> letter.device().map(Device::key).orElse(NONE);
      case HOUR -> letter.time().truncatedTo(ChronoUnit.HOURS).toString();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
