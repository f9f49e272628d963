package dev.weir.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the rules and commands of users by what became of them: {@code accepted} is in Kafka,
 * {@code refused} was wrong, {@code abandoned} comes again. Thread-safe.
 */
final class UserMetrics {

  private final Counter accepted;
  private final Counter refused;
  private final Counter abandoned;

  UserMetrics(MeterRegistry registry) {
    accepted = counter(registry, "accepted");
    refused = counter(registry, "refused");
    abandoned = counter(registry, "abandoned");
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("weir.bridge.user.messages")
        .description("rules and commands that users sent")
        .tag("outcome", outcome)
        .register(registry);
  }

  void accepted() {
    accepted.increment();
  }

  void refused() {
    refused.increment();
  }

  void abandoned() {
    abandoned.increment();
  }
}
