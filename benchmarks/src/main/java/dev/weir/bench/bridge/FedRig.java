package dev.weir.bench.bridge;

import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Opened;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Stacks;
import dev.weir.bench.frame.Variant;
import dev.weir.bench.source.MqttSource;
import dev.weir.bench.source.Readings;
import dev.weir.stack.LocalStack;
import dev.weir.stack.LocalStackBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A Kafka, a source and bridges for each variant, so that each has settings and a memory of its
 * own.
 */
final class FedRig implements Rig {

  /** The process of the first bridge. */
  static final String BRIDGE = "bridge";

  private final Conditions conditions;
  private final Opened opened;
  private final int messages;
  private final List<Variant> variants = new ArrayList<>();

  FedRig(Conditions conditions, Opened opened) {
    this.conditions = conditions;
    this.opened = opened;
    messages = conditions.size(200_000, 2_000);
  }

  /** Adds a variant with one bridge. */
  FedRig with(String name, int devices) throws IOException {
    return with(name, devices, stack -> stack.bridges(1));
  }

  /**
   * Adds a variant.
   *
   * @param devices how many devices the readings are of, in turn
   * @param settings sets the number of bridges, and what is particular to this variant
   */
  FedRig with(String name, int devices, UnaryOperator<LocalStackBuilder> settings)
      throws IOException {
    MqttSource source = opened.add(MqttSource.open(Readings.of(messages, devices)));
    LocalStackBuilder builder =
        Stacks.in(conditions, name)
            .broker()
            .kafka()
            .environment("bridge", "MQTT_PORT", Integer.toString(source.port()));
    LocalStack stack = opened.add(settings.apply(builder).start());
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(BRIDGE, stack.bridge(0).pid());
    if (stack.bridges().size() > 1) {
      pids.put("second bridge", stack.bridge(1).pid());
    }
    variants.add(Sourced.variant(name, source, messages, pids));
    return this;
  }

  @Override
  public List<Variant> variants() {
    return variants;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("messages", "%,d".formatted(messages));
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
