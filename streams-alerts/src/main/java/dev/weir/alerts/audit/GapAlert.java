package dev.weir.alerts.audit;

import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.Severity;
import java.time.Instant;

/** The alert that tells of a {@link GapEpisode}. */
final class GapAlert {

  /** The rule's id in alerts; no rule that users can set. */
  static final String RULE = "data_gap";

  private static final double SOME_MISSING = 1;
  private static final double NONE_MISSING = 0;

  private GapAlert() {}

  /** The episode began. */
  static Alert raised(Device device, GapEpisode episode, Instant now) {
    String message =
        episode.peak() == 1
            ? "Reading %d has not come, although later ones have".formatted(episode.from())
            : "%d readings from %d to %d have not come, although later ones have"
                .formatted(episode.peak(), episode.from(), episode.through());
    return alert(device, episode, AlertStatus.RAISED, episode.peak(), message, now);
  }

  /** The episode ended. */
  static Alert cleared(Device device, GapEpisode episode, Instant now) {
    String message =
        episode.lost() == 0
            ? "The missing readings have come"
            : "%d missing readings are not waited for any more".formatted(episode.lost());
    return alert(device, episode, AlertStatus.CLEARED, episode.lost(), message, now);
  }

  private static Alert alert(
      Device device,
      GapEpisode episode,
      AlertStatus status,
      long missing,
      String message,
      Instant now) {
    boolean raised = status == AlertStatus.RAISED;
    return new Alert(
        device.key() + "/" + RULE + "/" + episode.since() + "/" + episode.from(),
        RULE,
        status,
        Severity.WARNING,
        device,
        Reading.SEQUENCE_ID,
        (double) missing,
        raised ? SOME_MISSING : NONE_MISSING,
        message,
        now,
        Instant.ofEpochMilli(episode.since()),
        raised ? null : now,
        episode.from(),
        null,
        (double) episode.peak(),
        episode.peak());
  }
}
