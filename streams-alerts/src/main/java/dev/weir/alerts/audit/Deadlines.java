package dev.weir.alerts.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * When which device has to be looked at next; at most one time per device. On the heap: made anew
 * from the store when a task begins. Used by one stream thread.
 */
final class Deadlines {

  private record Deadline(long time, String device) {}

  private final TreeSet<Deadline> ordered =
      new TreeSet<>(Comparator.comparingLong(Deadline::time).thenComparing(Deadline::device));
  private final Map<String, Deadline> byDevice = new HashMap<>();

  /** Sets a device's time, or removes it where there is none. */
  void set(String device, OptionalLong time) {
    Deadline old = byDevice.remove(device);
    if (old != null) {
      ordered.remove(old);
    }
    if (time.isPresent()) {
      Deadline deadline = new Deadline(time.getAsLong(), device);
      ordered.add(deadline);
      byDevice.put(device, deadline);
    }
  }

  /** The devices whose time has come, the earliest first, at most so many. */
  List<String> due(long now, int most) {
    List<String> due = new ArrayList<>();
    for (Deadline deadline : ordered) {
      if (deadline.time > now || due.size() == most) {
        break;
      }
      due.add(deadline.device);
    }
    return due;
  }

  void clear() {
    ordered.clear();
    byDevice.clear();
  }
}
