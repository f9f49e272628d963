package dev.weir.alerts.detect;

import dev.weir.model.RuleScope;
import dev.weir.model.RuleSet;
import dev.weir.model.RuleSetCodec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of rules into the {@link RuleBook}. Called by the global thread, which an
 * exception would end; so what is no rule is told of and counted, and the scope keeps the rules
 * that it had.
 */
final class RuleFeed implements Processor<String, byte[], Void, Void> {

  private static final Logger log = LoggerFactory.getLogger(RuleFeed.class);

  private final String storeName;
  private final RuleBook book;
  private final DetectionMetrics metrics;
  private @Nullable KeyValueStore<String, byte[]> store;

  RuleFeed(String storeName, RuleBook book, DetectionMetrics metrics) {
    this.storeName = storeName;
    this.book = book;
    this.metrics = metrics;
  }

  /** The store was filled before, without passing here. */
  @Override
  public void init(ProcessorContext<Void, Void> context) {
    KeyValueStore<String, byte[]> rules = context.getStateStore(storeName);
    store = rules;
    try (KeyValueIterator<String, byte[]> all = rules.all()) {
      while (all.hasNext()) {
        var entry = all.next();
        read(entry.key, entry.value);
      }
    }
    log.info("rules read for {} scopes", book.size());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() != null) {
      Objects.requireNonNull(store).put(record.key(), record.value());
      read(record.key(), record.value());
    }
  }

  private void read(String key, byte @Nullable [] value) {
    Optional<RuleScope> scope = RuleScope.ofKey(key);
    if (scope.isEmpty()) {
      refuse(key, List.of("the key is not default, user or user/device"));
    } else if (value == null) {
      set(scope.get(), null);
    } else if (RuleSetCodec.decode(value) instanceof RuleSetCodec.Accepted accepted) {
      set(scope.get(), accepted.rules());
    } else if (RuleSetCodec.decode(value) instanceof RuleSetCodec.Refused refused) {
      refuse(key, refused.problems());
    }
  }

  private void set(RuleScope scope, @Nullable RuleSet rules) {
    book.set(scope, rules);
    log.info("rules changed scope={} rules={}", scope, rules == null ? "none" : rules.ids());
  }

  private void refuse(String key, List<String> problems) {
    metrics.rulesRefused();
    log.warn("rules refused, those before hold on scope={} problems={}", key, problems);
  }
}
