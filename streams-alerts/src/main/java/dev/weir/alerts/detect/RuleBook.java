package dev.weir.alerts.detect;

import dev.weir.model.AlertRule;
import dev.weir.model.Device;
import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.judge.ActiveRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all scopes, parsed, and which of them hold for a device. Thread-safe: written by the
 * thread that follows the topic of rules, read by the stream threads at every reading.
 *
 * <p>Rules are no part of the transactions of Kafka Streams: a changed rule holds from the moment
 * this process has read it.
 */
final class RuleBook {

  private static final int CHANGES_KEPT = 1000;

  private final RuleSet builtIn;
  private final Map<RuleScope, RuleSet> scopes = new ConcurrentHashMap<>();
  private final Deque<RuleScope> changes = new ArrayDeque<>();
  private volatile long version;

  /** By the narrowest scope that has rules; replaced whenever a rule changes. */
  private volatile Map<RuleScope, ActiveRules> ready = new ConcurrentHashMap<>();

  RuleBook(List<AlertRule> builtIn) {
    this.builtIn = RuleSet.of(builtIn);
  }

  /** The rules that hold for a device. */
  ActiveRules of(Device device) {
    RuleScope narrowest = narrowest(device);
    Map<RuleScope, ActiveRules> current = ready;
    ActiveRules known = current.get(narrowest);
    if (known != null) {
      return known;
    }
    ActiveRules merged = merged(device, narrowest);
    current.put(narrowest, merged);
    return merged;
  }

  private RuleScope narrowest(Device device) {
    if (scopes.isEmpty()) { // as in most installations, at every reading
      return RuleScope.DEFAULT;
    }
    RuleScope own = RuleScope.of(device);
    if (scopes.containsKey(own)) {
      return own;
    }
    return RuleScope.ofUser(device.user()).filter(scopes::containsKey).orElse(RuleScope.DEFAULT);
  }

  /** Leaves out what a narrower scope was just given: others share what is made ready here. */
  private ActiveRules merged(Device device, RuleScope narrowest) {
    List<RuleSet> widestFirst = new ArrayList<>();
    widestFirst.add(builtIn);
    for (RuleScope scope : RuleScope.ofAll(device)) {
      widestFirst.add(scopes.getOrDefault(scope, RuleSet.EMPTY));
      if (scope.equals(narrowest)) {
        break;
      }
    }
    return ActiveRules.of(RuleSet.merged(widestFirst));
  }

  /** Sets the rules of a scope; null takes them away. */
  synchronized void set(RuleScope scope, @Nullable RuleSet rules) {
    if (rules == null) {
      scopes.remove(scope);
    } else {
      scopes.put(scope, rules);
    }
    ready = new ConcurrentHashMap<>();
    changes.addLast(scope);
    if (changes.size() > CHANGES_KEPT) {
      changes.removeFirst();
    }
    version++;
  }

  /** How many times rules were set. */
  long version() {
    return version;
  }

  /** How many scopes have rules. */
  int size() {
    return scopes.size();
  }

  /**
   * What has changed.
   *
   * @param version the present one
   * @param scopes whose rules were set since; the default scope alone where it is not known
   */
  record Changes(long version, List<RuleScope> scopes) {}

  /** What has changed since a version. */
  synchronized Changes since(long earlier) {
    long count = version - earlier;
    if (count > changes.size()) {
      return new Changes(version, List.of(RuleScope.DEFAULT));
    }
    List<RuleScope> latest = changes.stream().skip(changes.size() - count).distinct().toList();
    return new Changes(
        version, latest.contains(RuleScope.DEFAULT) ? List.of(RuleScope.DEFAULT) : latest);
  }
}
