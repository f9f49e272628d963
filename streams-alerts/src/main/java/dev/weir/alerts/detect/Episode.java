package dev.weir.alerts.detect;

import org.jspecify.annotations.Nullable;

/**
 * The last time a rule was broken by a device.
 *
 * @param raised the reading that began it
 * @param cleared the reading that ended it; null while it lasts
 */
record Episode(Position raised, @Nullable Position cleared) {

  static Episode beginning(Position raised) {
    return new Episode(raised, null);
  }

  Episode endedBy(Position reading) {
    return new Episode(raised, reading);
  }
}
