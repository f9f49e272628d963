package dev.weir.alerts.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds stores that keep objects in front of what Kafka Streams would build without its cache: the
 * same bytes in the same store and changelog. A processor that changes an object it got must put it
 * back. Used by Kafka Streams.
 *
 * @param <V> the objects
 */
public final class ObjectStoreBuilder<V> implements StoreBuilder<KeyValueStore<String, V>> {

  private final StoreBuilder<KeyValueStore<String, V>> within;
  private final ObjectBudget budget;

  /**
   * A builder of stores of one name.
   *
   * @param budget shared by all stores of the process
   */
  public ObjectStoreBuilder(
      KeyValueBytesStoreSupplier supplier, Serde<V> values, ObjectBudget budget) {
    this.within = Stores.keyValueStoreBuilder(supplier, Serdes.String(), values);
    this.budget = budget;
  }

  @Override
  public KeyValueStore<String, V> build() {
    return new ObjectStore<>(within.build(), budget);
  }

  /** The cache of Kafka Streams has nothing left to do; changes nothing. */
  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingEnabled() {
    return this;
  }

  /** Changes nothing. */
  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingEnabled(Map<String, String> config) {
    within.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingDisabled() {
    within.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return within.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return within.loggingEnabled();
  }

  @Override
  public String name() {
    return within.name();
  }
}
