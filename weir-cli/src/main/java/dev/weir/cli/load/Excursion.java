package dev.weir.cli.load;

import dev.weir.model.Device;

/**
 * A simulated device's climb over the default alert level: every one of its readings is hot, and
 * the one before and the one after are not.
 *
 * @param first sequence id of the first hot reading
 * @param last sequence id of the last
 */
public record Excursion(Device device, long first, long last) {

  /** Whether a reading is one of the hot ones. */
  public boolean covers(long sequenceId) {
    return first <= sequenceId && sequenceId <= last;
  }
}
