package dev.weir.model.judge;

import dev.weir.model.AlertRule;
import dev.weir.model.AlertRule.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that hold for a device, made ready to judge by. Immutable. */
public final class ActiveRules {

  private final List<ActiveRule> all;
  private final List<ActiveRule> silence;
  private final Optional<Duration> shortestSilence;
  private final Map<String, ActiveRule> byId;

  private ActiveRules(List<ActiveRule> all) {
    this.all = all;
    this.byId = all.stream().collect(Collectors.toMap(ActiveRule::id, Function.identity()));
    this.silence = all.stream().filter(active -> active.rule().kind() == Kind.SILENT).toList();
    this.shortestSilence =
        silence.stream().map(active -> active.rule().span()).min(Duration::compareTo);
  }

  /** Makes rules ready; their ids must differ. */
  public static ActiveRules of(List<AlertRule> rules) {
    return new ActiveRules(rules.stream().map(ActiveRule::of).toList());
  }

  /** How long the most impatient rule waits for a reading; empty where none does. */
  public Optional<Duration> shortestSilence() {
    return shortestSilence;
  }

  List<ActiveRule> all() {
    return all;
  }

  List<ActiveRule> silence() {
    return silence;
  }

  @Nullable ActiveRule find(String id) {
    return byId.get(id);
  }
}
