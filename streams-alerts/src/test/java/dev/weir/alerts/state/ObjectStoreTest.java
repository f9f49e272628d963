package dev.weir.alerts.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between two commits each, for the driver commits after every record, as Kafka Streams does. */
class ObjectStoreTest {

  private static final int MOST = 3;

  private final ObjectBudget budget = new ObjectBudget(MOST);
  private final List<String> decoded = new ArrayList<>();
  private Consumer<KeyValueStore<String, StringBuilder>> step = store -> {};
  private boolean isClosed;
  private final TopologyTestDriver driver = driver();
  private final TestInputTopic<String, String> input =
      driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
  private final TestOutputTopic<String, String> changelog =
      driver.createOutputTopic(
          "test-objects-changelog", new StringDeserializer(), nullable(new StringDeserializer()));

  private TopologyTestDriver driver() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    Topology topology =
        new Topology()
            .addSource("in", new StringDeserializer(), new StringDeserializer(), "in")
            .addProcessor("steps", new Steps(), "in");
    return new TopologyTestDriver(topology, properties);
  }

  private final class Steps implements ProcessorSupplier<String, String, Void, Void> {
    @Override
    public Processor<String, String, Void, Void> get() {
      return new ContextualProcessor<>() {
        @Override
        public void process(Record<String, String> record) {
          step.accept(context().getStateStore("objects"));
        }
      };
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          new ObjectStoreBuilder<>(Stores.inMemoryKeyValueStore("objects"), serde(), budget));
    }
  }

  private Serde<StringBuilder> serde() {
    return Serdes.serdeFrom(
        (topic, object) -> object.toString().getBytes(StandardCharsets.UTF_8),
        nullable(
            (topic, bytes) -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              decoded.add(text);
              return new StringBuilder(text);
            }));
  }

  private static <T> Deserializer<T> nullable(Deserializer<T> within) {
    return (topic, bytes) -> bytes == null ? null : within.deserialize(topic, bytes);
  }

  @AfterEach
  void close() {
    if (!isClosed) {
      driver.close();
    }
  }

  /** Does something with the store as one record, and commits. */
  private void commitAfter(Consumer<KeyValueStore<String, StringBuilder>> what) {
    step = what;
    input.pipeInput("key", "value");
  }

  /** What was written since it was last asked. */
  private List<Map.Entry<String, @Nullable String>> written() {
    List<Map.Entry<String, @Nullable String>> written = new ArrayList<>();
    for (TestRecord<String, String> record : changelog.readRecordsToList()) {
      written.add(entry(record.key(), record.value()));
    }
    return written;
  }

  private static StringBuilder text(String text) {
    return new StringBuilder(text);
  }

  @Test
  void writesBeforeTheCommit_onceHoweverOftenItWasPut() {
    commitAfter(
        store -> {
          StringBuilder object = text("1");
          store.put("a", object);
          store.put("a", object.append("2"));
          store.put("a", object.append("3"));
          assertThat(written()).isEmpty();
        });
    assertThat(written()).containsExactly(entry("a", "123"));
  }

  @Test
  void answersTheObjectItself() {
    StringBuilder object = text("1");
    commitAfter(store -> store.put("a", object));
    commitAfter(store -> assertThat(store.get("a")).isSameAs(object));
    commitAfter(store -> store.put("a", object.append("2")));
    assertThat(written()).containsExactly(entry("a", "1"), entry("a", "12"));
    assertThat(decoded).isEmpty();
  }

  @Test
  void anotherObjectReplacesIt() {
    commitAfter(store -> store.put("a", text("1")));
    commitAfter(store -> store.put("a", text("2")));
    commitAfter(store -> assertThat(store.get("a")).hasToString("2"));
    assertThat(written()).containsExactly(entry("a", "1"), entry("a", "2"));
  }

  @Test
  void whatWasOnlyReadIsNotWritten() {
    commitAfter(store -> store.put("a", text("1")));
    written();
    commitAfter(store -> assertThat(store.get("a")).isNotNull());
    commitAfter(store -> assertThat(store.get("b")).isNull());
    assertThat(written()).isEmpty();
  }

  @Test
  void whatWasNotUsedForLongestLeaves_andIsWrittenFirst() {
    commitAfter(
        store -> {
          for (String key : List.of("a", "b", "c")) {
            store.put(key, text(key));
          }
          assertThat(store.get("a")).isNotNull();
          store.put("d", text("d"));
          assertThat(budget.held()).isEqualTo(MOST);
          assertThat(store.get("b")).as("what left").hasToString("b");
          assertThat(decoded).containsExactly("b");
        });
    assertThat(written())
        .containsExactly(entry("b", "b"), entry("c", "c"), entry("a", "a"), entry("d", "d"));
  }

  @Test
  void whatLeftAndCameBackIsWrittenAgain() {
    commitAfter(
        store -> {
          store.put("a", text("1"));
          List.of("b", "c", "d").forEach(key -> store.put(key, text(key)));
          StringBuilder object = store.get("a");
          assertThat(object).isNotNull();
          store.put("a", object.append("2"));
        });
    assertThat(written()).contains(entry("a", "1")).endsWith(entry("a", "12"));
  }

  @Test
  void walksOverWhatIsNotCommittedYet() {
    commitAfter(
        store -> {
          store.put("b", text("2"));
          store.put("a", text("1"));
          assertThat(keys(store.all())).containsExactly("a", "b");
          assertThat(keys(store.range("b", "c"))).containsExactly("b");
          assertThat(store.approximateNumEntries()).isEqualTo(2);
        });
  }

  private static List<String> keys(KeyValueIterator<String, StringBuilder> entries) {
    List<String> keys = new ArrayList<>();
    try (entries) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  @Test
  void whatWasDeletedStaysAway() {
    commitAfter(store -> store.put("a", text("1")));
    written();
    commitAfter(
        store -> {
          store.put("a", text("2"));
          store.delete("a");
          assertThat(store.get("a")).isNull();
        });
    assertThat(written()).containsExactly(entry("a", null));
    assertThat(budget.held()).isZero();
  }

  @Test
  void whatIsClosedHoldsNothing() {
    commitAfter(store -> List.of("a", "b").forEach(key -> store.put(key, text(key))));
    assertThat(budget.held()).isEqualTo(2);
    driver.close();
    isClosed = true;
    assertThat(budget.held()).isZero();
  }
}
