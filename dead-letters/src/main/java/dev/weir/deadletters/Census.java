package dev.weir.deadletters;

import dev.weir.model.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells copies apart from letters, in one pass over the queue, and remembers which letter leads its
 * copies for a second one. One thread.
 *
 * <p>It holds 50 to 100 bytes per letter, never a payload, and from its limit on takes every
 * further letter for one of its own: replaying a copy changes nothing in the table.
 */
public final class Census {

  private static final int LIMIT = 1_000_000;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int WORDS = 3;
  private static final long TAKEN = 1L << 63;
  private static final long MEANT = 1L << 62;
  private static final int OFFSET_BITS = 48;
  private static final long OFFSET = (1L << OFFSET_BITS) - 1;
  private static final int PARTITION = (1 << 14) - 1;

  private final int limit;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Map<Identity, List<RecordPosition>> copies = new HashMap<>();

  /** Per slot: the identity's two words, then flags and the position of the group's leader. */
  private long[] table = new long[FIRST_SLOTS * WORDS];

  private int size;
  private boolean full;

  /** An empty one. */
  public Census() {
    this(LIMIT);
  }

  Census(int limit) {
    this.limit = limit;
  }

  /**
   * First pass: takes in a letter.
   *
   * @param meant whether a person means it; who means a copy means the letter and all of its copies
   * @return whether this is a dead letter more that is meant, and not a copy of one
   */
  public boolean add(Letter letter, boolean meant) {
    Identity identity = letter.identity();
    int slot = slot(identity);
    if (table[slot + 2] == 0) {
      if (size == limit) {
        full = true;
        return meant;
      }
      put(slot, identity, TAKEN | (meant ? MEANT : 0) | pack(letter.id()));
      return meant;
    }
    long leader = table[slot + 2];
    copies
        .computeIfAbsent(identity, unused -> new ArrayList<>(List.of(unpack(leader))))
        .add(letter.id());
    if (meant && (leader & MEANT) == 0) {
      table[slot + 2] = TAKEN | MEANT | pack(letter.id());
      return true;
    }
    return false;
  }

  /**
   * Second pass: what is to be settled when this letter is come upon.
   *
   * @return the letter and all of its copies where it leads them; else, or where none of them is
   *     meant, nothing
   */
  public Optional<List<RecordPosition>> ledBy(Letter letter, boolean meant) {
    Identity identity = letter.identity();
    long leader = table[slot(identity) + 2];
    if (leader == 0) {
      return meant ? Optional.of(List.of(letter.id())) : Optional.empty();
    }
    if ((leader & MEANT) == 0 || !unpack(leader).equals(letter.id())) {
      return Optional.empty();
    }
    return Optional.of(copies.getOrDefault(identity, List.of(letter.id())));
  }

  /** How many records more than letters there are among those meant. */
  public long copies() {
    return copies.entrySet().stream()
        .filter(group -> (table[slot(group.getKey()) + 2] & MEANT) != 0)
        .mapToLong(group -> group.getValue().size() - 1L)
        .sum();
  }

  /** Whether there were too many letters to tell the copies among all of them. */
  public boolean isFull() {
    return full;
  }

  private void put(int slot, Identity identity, long leader) {
    table[slot] = identity.high();
    table[slot + 1] = identity.low();
    table[slot + 2] = leader;
    size++;
    if (size * 2 * WORDS > table.length) {
      grow();
    }
  }

  private void grow() {
    long[] before = table;
    table = new long[before.length * 2];
    for (int i = 0; i < before.length; i += WORDS) {
      if (before[i + 2] != 0) {
        System.arraycopy(before, i, table, slot(new Identity(before[i], before[i + 1])), WORDS);
      }
    }
  }

  /** Where an identity stands, or would. */
  private int slot(Identity identity) {
    int slots = table.length / WORDS;
    int slot = (int) (identity.low() & (slots - 1));
    while (table[slot * WORDS + 2] != 0
        && (table[slot * WORDS] != identity.high() || table[slot * WORDS + 1] != identity.low())) {
      slot = (slot + 1) & (slots - 1);
    }
    return slot * WORDS;
  }

  private long pack(RecordPosition position) {
    TopicPartition partition = new TopicPartition(position.topic(), position.partition());
    int number = partitions.indexOf(partition);
    if (number < 0) {
      number = partitions.size();
      partitions.add(partition);
    }
    if (number > PARTITION || position.offset() > OFFSET) {
      throw new IllegalStateException("no room for the position " + position);
    }
    return (long) number << OFFSET_BITS | position.offset();
  }

  private RecordPosition unpack(long packed) {
    TopicPartition partition = partitions.get((int) (packed >>> OFFSET_BITS) & PARTITION);
    return new RecordPosition(partition.topic(), partition.partition(), packed & OFFSET);
  }
}
