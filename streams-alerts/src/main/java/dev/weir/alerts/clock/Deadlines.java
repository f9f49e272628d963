package dev.weir.alerts.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When which device has to be looked at next; at most one time per device. A time may lie too
 * early: who looks then finds the true one. So a reading need not move it. On the heap: made anew
 * from the store when a task begins. Used by one stream thread.
 */
public final class Deadlines {

  private record Deadline(long time, String device) {}

  private final TreeSet<Deadline> ordered =
      new TreeSet<>(Comparator.comparingLong(Deadline::time).thenComparing(Deadline::device));
  private final Map<String, Deadline> byDevice = new HashMap<>();

  /** Whether a device has a time. */
  public boolean has(String device) {
    return byDevice.containsKey(device);
  }

  /** Sets a device's time, or removes it where there is none. */
  public void set(String device, OptionalLong time) {
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

  /** Takes out the device whose time has passed first; null where none has. */
  public @Nullable String takeBefore(long now) {
    if (ordered.isEmpty() || ordered.first().time >= now) {
      return null;
    }
    Deadline first = ordered.first();
    set(first.device, OptionalLong.empty());
    return first.device;
  }

  /** The devices whose time has come, the earliest first, at most so many; they stay. */
  public List<String> due(long now, int most) {
    List<String> due = new ArrayList<>();
    for (Deadline deadline : ordered) {
      if (deadline.time > now || due.size() == most) {
        break;
      }
      due.add(deadline.device);
    }
    return due;
  }

  /** Removes all. */
  public void clear() {
    ordered.clear();
    byDevice.clear();
  }
}
