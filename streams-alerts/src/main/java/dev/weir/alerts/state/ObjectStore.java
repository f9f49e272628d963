package dev.weir.alerts.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps the objects it was asked for, and writes those that were put only when Kafka
 * Streams commits: a device that sends a hundred readings between two commits is encoded once. The
 * cache of Kafka Streams holds bytes, and encodes and decodes at each of them.
 *
 * <p>{@link #get} answers the object itself, not a copy: who changes it must {@link #put} it back
 * before the next record, or the change may be lost. Exactly-once holds as with the cache of Kafka
 * Streams: before each commit it calls {@link #flushCache}, which writes to the store within and so
 * to the changelog, in the transaction that holds the offsets. What a crash or an abort takes with
 * it was not committed either.
 *
 * <p>Its size is bounded by the {@link ObjectBudget}; beyond it the object that was not used for
 * longest leaves, and is written first if it was put. Used by one stream thread. The wrapper that
 * it extends and the callback are internal to Kafka Streams, which has no public ones.
 */
final class ObjectStore<V> extends WrappedStateStore<KeyValueStore<String, V>, String, V>
    implements KeyValueStore<String, V> {

  private final ObjectBudget budget;

  /** The one that was not used for longest first. */
  private final LinkedHashMap<String, Held<V>> objects = new LinkedHashMap<>(16, 0.75f, true);

  /** Those that were put since the last flush; some may have left. */
  private final List<Held<V>> unwritten = new ArrayList<>();

  private static final class Held<V> {
    private final String key;
    private V value;
    private boolean isUnwritten;

    Held(String key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  ObjectStore(KeyValueStore<String, V> within, ObjectBudget budget) {
    super(within);
    this.budget = budget;
  }

  @Override
  public @Nullable V get(String key) {
    Held<V> held = objects.get(key);
    if (held != null) {
      return held.value;
    }
    V value = wrapped().get(key);
    if (value != null) {
      hold(key, value);
    }
    return value;
  }

  @Override
  public void put(String key, @Nullable V value) {
    if (value == null) {
      delete(key);
      return;
    }
    Held<V> held = objects.get(key);
    if (held == null) {
      held = hold(key, value);
    }
    held.value = value;
    if (!held.isUnwritten) {
      held.isUnwritten = true;
      unwritten.add(held);
    }
  }

  private Held<V> hold(String key, V value) {
    if (budget.isExceededByOneMore()) {
      evictEldest();
    }
    Held<V> held = new Held<>(key, value);
    objects.put(key, held);
    return held;
  }

  private void evictEldest() {
    Iterator<Held<V>> eldestFirst = objects.values().iterator();
    if (eldestFirst.hasNext()) {
      Held<V> eldest = eldestFirst.next();
      write(eldest);
      eldestFirst.remove();
      budget.release(1);
    }
  }

  private void write(Held<V> held) {
    if (held.isUnwritten) {
      wrapped().put(held.key, held.value);
      held.isUnwritten = false;
    }
  }

  /** Called before a commit, while the transaction is open. */
  @Override
  public void flushCache() {
    for (Held<V> held : unwritten) {
      write(held);
    }
    unwritten.clear();
    super.flushCache();
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    flushCache();
    super.commit(changelogOffsets);
  }

  /** Called where others may write to the store within: a task that becomes a standby. */
  @Override
  public void clearCache() {
    forget();
    super.clearCache();
  }

  /** What was put since the last commit goes with the transaction that was aborted. */
  @Override
  public void close() {
    forget();
    super.close();
  }

  private void forget() {
    budget.release(objects.size());
    objects.clear();
    unwritten.clear();
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    V known = get(key);
    if (known == null) {
      put(key, value);
    }
    return known;
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public @Nullable V delete(String key) {
    Held<V> held = objects.remove(key);
    if (held == null) {
      return wrapped().delete(key);
    }
    budget.release(1);
    held.isUnwritten = false;
    wrapped().delete(key);
    return held.value;
  }

  /** Answers copies. */
  @Override
  public KeyValueIterator<String, V> range(String from, String to) {
    flushCache();
    return wrapped().range(from, to);
  }

  /** Answers copies. */
  @Override
  public KeyValueIterator<String, V> all() {
    flushCache();
    return wrapped().all();
  }

  @Override
  public long approximateNumEntries() {
    flushCache();
    return wrapped().approximateNumEntries();
  }
}
