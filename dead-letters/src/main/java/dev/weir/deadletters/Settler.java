package dev.weir.deadletters;

import dev.weir.model.KafkaTopics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Takes dead letters out of the queue, by replaying or by dropping them. First {@link #plan}, which
 * changes nothing, then {@link #settle}. One thread, but for {@link #stop}.
 *
 * <p>Bounded memory: the queue is read twice, and one batch is held at a time. Interrupted at any
 * point and begun again it goes on where it stopped, because what is settled is no longer there.
 */
public final class Settler {

  private static final int BATCH_LETTERS = 500;
  private static final int BATCH_MEMBERS = 20_000;
  private static final long BATCH_BYTES = 4L * 1024 * 1024;

  private final QueueView queue;
  private final LetterFilter filter;
  private final Function<Letter, Decision> policy;
  private final Census census = new Census();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * What is to be done to the letters that are meant.
   *
   * @param policy decides what becomes of each
   */
  public Settler(QueueView queue, LetterFilter filter, Function<Letter, Decision> policy) {
    this.queue = queue;
    this.filter = filter;
    this.policy = policy;
  }

  /**
   * What would be done.
   *
   * @param letters to be settled
   * @param copies of all letters meant; they share their letter's fate
   * @param left letters that have to stay, by the reason
   */
  public record Plan(long letters, long copies, Map<String, Long> left) {}

  /** Hears, on the settler's thread, what becomes of letters. */
  public interface Listener {
    /** Committed: these are out of the queue. */
    void settled(List<Settlement> batch);

    /** It has to stay; {@code why} follows "it". */
    void left(Letter letter, String why);
  }

  /** Counts what is meant, and changes nothing. */
  public Plan plan(Listener listener) {
    Map<String, Long> left = new LinkedHashMap<>();
    long[] letters = new long[1];
    queue.each(
        letter -> {
          boolean first = census.add(letter, filter.matches(letter));
          if (first && policy.apply(letter) instanceof Decision.Leave leave) {
            left.merge(leave.why(), 1L, Long::sum);
            listener.left(letter, leave.why());
          } else if (first) {
            letters[0]++;
          }
          return !isStopped();
        });
    return new Plan(letters[0], census.copies(), left);
  }

  /**
   * Does it, as planned.
   *
   * @param rate the most letters per second
   * @throws DeadLettersException where Kafka fails, or another writer took over
   */
  public void settle(SettlementWriter writer, double rate, Listener listener) {
    if (!queue.topics().contains(KafkaTopics.SETTLED)) {
      throw new DeadLettersException(
          "Kafka has no topic "
              + KafkaTopics.SETTLED
              + ", which remembers what was settled; create it as infra/kafka/topics.conf says"
              + " (compacted)");
    }
    new Pass(writer, rate, listener).run();
  }

  /** Asks for an end after the batch under way. Any thread. */
  public void stop() {
    stopped.countDown();
  }

  /** Whether an end was asked for. */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** One pass that settles. */
  private final class Pass {
    private final SettlementWriter writer;
    private final Listener listener;
    private final double rate;
    private final int batchLetters;
    private final long began = System.nanoTime();
    private final List<Settlement> batch = new ArrayList<>();
    private long members;
    private long bytes;
    private long done;

    Pass(SettlementWriter writer, double rate, Listener listener) {
      this.writer = writer;
      this.rate = rate;
      this.listener = listener;
      this.batchLetters = (int) Math.max(1, Math.min(BATCH_LETTERS, rate));
    }

    void run() {
      queue.each(this::take);
      if (!isStopped()) {
        flush();
      }
    }

    private boolean take(Letter letter) {
      census
          .ledBy(letter, filter.matches(letter))
          .filter(unused -> !(policy.apply(letter) instanceof Decision.Leave))
          .ifPresent(all -> batch.add(new Settlement(letter, policy.apply(letter), all)));
      if (!batch.isEmpty() && batch.get(batch.size() - 1).letter() == letter) {
        byte[] value = letter.value();
        bytes += value == null ? 0 : value.length;
        members += batch.get(batch.size() - 1).members().size();
        if (batch.size() >= batchLetters || bytes >= BATCH_BYTES || members >= BATCH_MEMBERS) {
          flush();
        }
      }
      return !isStopped();
    }

    private void flush() {
      if (batch.isEmpty() || !awaitTurn()) {
        return;
      }
      Map<Settlement, String> refused = writer.write(batch, queue::topicId);
      refused.forEach((settlement, why) -> listener.left(settlement.letter(), why));
      listener.settled(batch.stream().filter(s -> !refused.containsKey(s)).toList());
      done += batch.size();
      batch.clear();
      bytes = 0;
      members = 0;
    }

    /** Whether to go on, once the rate allows the next batch. */
    private boolean awaitTurn() {
      long due = began + (long) (done / rate * TimeUnit.SECONDS.toNanos(1));
      try {
        return !stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
