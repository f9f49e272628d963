package dev.weir.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether the process is ready for work, as the owners of its parts see it. Thread-safe; each check
 * is reported by its one owner and says the last thing reported.
 */
public final class Health {

  /**
   * One part's state.
   *
   * @param name the part
   * @param ok whether it can work
   * @param reason what it is doing or waiting for, in plain words on one line
   */
  public record Check(String name, boolean ok, String reason) {

    @Override
    public String toString() {
      return (ok ? "ok " : "not ready ") + name + ": " + reason;
    }
  }

  private final TreeMap<String, Check> checks = new TreeMap<>();

  /** Sets a part's state. The first report of a name makes readiness depend on it. */
  public synchronized void report(String name, boolean ok, String reason) {
    checks.put(name, new Check(name, ok, reason));
  }

  /** All states by name. */
  public synchronized List<Check> checks() {
    return new ArrayList<>(checks.values());
  }

  /** Whether every part can work. */
  public boolean isReady() {
    return checks().stream().allMatch(Check::ok);
  }
}
