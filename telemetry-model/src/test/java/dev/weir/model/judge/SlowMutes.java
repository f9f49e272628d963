package dev.weir.model.judge;

import dev.weir.model.AlertCommand;
import dev.weir.model.AlertCommand.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a rule is muted, found by going through all that was ever said. */
final class SlowMutes {

  private record Said(AlertCommand command, long at) {

    boolean ofAll() {
      return command.ruleId().equals(AlertCommand.ALL_RULES);
    }

    /** Until when it mutes; long past where it does not. */
    long until() {
      return switch (command.action()) {
        case SNOOZE -> at + Objects.requireNonNull(command.duration()).toMillis();
        case DISABLE -> Long.MAX_VALUE;
        default -> Long.MIN_VALUE;
      };
    }
  }

  private final String rule;
  private final List<Said> said = new ArrayList<>();

  SlowMutes(String rule) {
    this.rule = rule;
  }

  void hear(AlertCommand command, long at) {
    if (command.isAbout(rule) && command.action() != Action.ACKNOWLEDGE) {
      said.add(new Said(command, at));
    }
  }

  boolean isMuted(long now) {
    long own = Long.MIN_VALUE;
    long all = Long.MIN_VALUE;
    boolean excepted = false;
    for (Said word : said) {
      if (word.ofAll()) {
        all = word.until();
        excepted = false;
        if (word.command().action() == Action.ENABLE || own <= all) {
          own = Long.MIN_VALUE;
        }
      } else {
        own = word.until();
        excepted = word.command().action() == Action.ENABLE;
      }
    }
    return !excepted && Math.max(own, all) > now;
  }
}
