package dev.weir.cli.load;

import dev.weir.model.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a load run does.
 *
 * @param users number of users, named {@code load1}, {@code load2} … so that they are nobody else
 * @param devicesPerUser number of devices of each user, named {@code d1}, {@code d2} …
 * @param rate readings per second, over all devices together
 * @param duration how long to publish; empty means until stopped
 * @param poisonEvery about one reading of so many is bad, and must be dead-lettered; 0 for none.
 *     Half of them the bridge refuses, the others a table that holds no battery over 100
 */
public record LoadPlan(
    int users, int devicesPerUser, double rate, Optional<Duration> duration, int poisonEvery) {

  /** A plan of good readings only. */
  public LoadPlan(int users, int devicesPerUser, double rate, Optional<Duration> duration) {
    this(users, devicesPerUser, rate, duration, 0);
  }

  /** The devices, in a fixed order. */
  public List<Device> devices() {
    List<Device> devices = new ArrayList<>(users * devicesPerUser);
    for (int device = 1; device <= devicesPerUser; device++) {
      for (int user = 1; user <= users; user++) {
        devices.add(new Device("load" + user, "d" + device));
      }
    }
    return devices;
  }
}
