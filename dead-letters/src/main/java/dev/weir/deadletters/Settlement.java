package dev.weir.deadletters;

import dev.weir.model.RecordPosition;
import java.util.List;

/**
 * A dead letter that leaves the queue, together with its copies.
 *
 * @param letter the one that stands for all of them
 * @param decision to replay or to drop
 * @param members the names of the letter and of its copies
 */
public record Settlement(Letter letter, Decision decision, List<RecordPosition> members) {

  public Settlement {
    members = List.copyOf(members);
    if (decision instanceof Decision.Leave) {
      throw new IllegalArgumentException("a letter that stays is not settled: " + letter);
    }
  }
}
