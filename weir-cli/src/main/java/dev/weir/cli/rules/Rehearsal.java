package dev.weir.cli.rules;

import dev.weir.cli.dlq.Words;
import dev.weir.model.Alert;
import dev.weir.model.AlertStatus;
import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Device;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.RuleSet;
import dev.weir.model.judge.ActiveRules;
import dev.weir.model.judge.DeviceState;
import dev.weir.model.judge.Judge;
import dev.weir.model.judge.Silence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules tried on readings of the past, by the code that judges for real: as if every reading had
 * come when it was measured, and nothing had been known of any device before the first. Nothing is
 * published. One thread.
 */
public final class Rehearsal implements StoredTelemetry.Readings {

  private final ReadingDecoder decoder =
      new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system());
  private final ActiveRules rules;
  private final Instant since;
  private final Instant until;
  private final Consumer<Alert> alerts;
  private DeviceState state = new DeviceState();
  private @Nullable Device device;
  private long devices;
  private long readings;
  private long unreadable;
  private long raised;
  private long cleared;

  /**
   * A rehearsal of rules over a time.
   *
   * @param alerts takes what would have been published
   */
  public Rehearsal(RuleSet rules, Instant since, Instant until, Consumer<Alert> alerts) {
    this.rules = ActiveRules.of(RuleSet.merged(List.of(rules)));
    this.since = since;
    this.until = until;
    this.alerts = alerts;
  }

  @Override
  public void take(Device sender, byte[] json) {
    if (!sender.equals(device)) {
      finish();
      device = sender;
      devices++;
    }
    Decoded decoded = decoder.decodeOne(sender, json);
    if (decoded instanceof Reading reading) {
      readings++;
      silence(sender, reading.time());
      tell(Judge.judge(state, rules, reading, reading.time()).alerts());
    } else {
      unreadable++;
    }
  }

  /** Ends the last device's time. To be called once, after the last reading. */
  public void finish() {
    if (device != null) {
      silence(device, until);
    }
    state = new DeviceState();
    device = null;
  }

  private void silence(Device silent, Instant now) {
    tell(Silence.begin(state, rules, silent, now.toEpochMilli(), since.toEpochMilli()));
  }

  private void tell(List<Alert> found) {
    for (Alert alert : found) {
      if (alert.status() == AlertStatus.RAISED) {
        raised++;
      } else {
        cleared++;
      }
      alerts.accept(alert);
    }
  }

  /** What came of it, in a sentence. */
  public String summary() {
    String sentence =
        "%s of %s: %s would have been raised, and %s cleared."
            .formatted(
                Words.count(readings, "reading"),
                Words.count(devices, "device"),
                Words.count(raised, "alert"),
                Words.number(cleared));
    return unreadable == 0
        ? sentence
        : sentence + " Not judged, as no readings: " + Words.count(unreadable, "row") + ".";
  }
}
