package dev.weir.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of one scope. Immutable.
 *
 * @param rules in the order they were written; no id twice
 * @param switchedOff ids of rules of wider scopes that do not hold in this one
 */
public record RuleSet(List<AlertRule> rules, Set<String> switchedOff) {

  /** Says nothing: the wider scopes hold. */
  public static final RuleSet EMPTY = new RuleSet(List.of(), Set.of());

  public RuleSet {
    rules = List.copyOf(rules);
    switchedOff = Set.copyOf(switchedOff);
    Set<String> ids = new HashSet<>(switchedOff);
    for (AlertRule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("rule " + rule.id() + " stands twice");
      }
    }
  }

  /** Rules alone, none switched off. */
  public static RuleSet of(List<AlertRule> rules) {
    return new RuleSet(rules, Set.of());
  }

  /**
   * The rules that hold where several scopes apply: of the same id, the narrowest scope's.
   *
   * @param widestFirst the scopes' rules
   * @return ordered by id
   */
  public static List<AlertRule> merged(List<RuleSet> widestFirst) {
    Map<String, AlertRule> merged = new LinkedHashMap<>();
    for (RuleSet scope : widestFirst) {
      scope.switchedOff.forEach(merged::remove);
      scope.rules.forEach(rule -> merged.put(rule.id(), rule));
    }
    List<AlertRule> rules = new ArrayList<>(merged.values());
    rules.sort(Comparator.comparing(AlertRule::id));
    return List.copyOf(rules);
  }

  /** All ids that this scope has a say on, sorted. */
  public Set<String> ids() {
    Set<String> ids = new TreeSet<>(switchedOff);
    rules.forEach(rule -> ids.add(rule.id()));
    return ids;
  }
}
