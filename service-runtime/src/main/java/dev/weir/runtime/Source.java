package dev.weir.runtime;

import java.util.Arrays;
import java.util.Locale;

/** Where a setting can be given, strongest first, and how its name is spelled there. */
enum Source {
  /** {@code --kafka-bootstrap-servers}. */
  FLAG(400),
  /** {@code KAFKA_BOOTSTRAP_SERVERS}. */
  ENVIRONMENT(300),
  /** {@code kafka.bootstrap.servers}. */
  FILE(200),
  /** As declared. */
  DEFAULT(100);

  private final int strength;

  Source(int strength) {
    this.strength = strength;
  }

  String spell(String name) {
    return switch (this) {
      case FLAG -> "--" + name.replace('.', '-');
      case ENVIRONMENT -> name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
      case FILE, DEFAULT -> name;
    };
  }

  /** The stronger source wins. */
  int strength() {
    return strength;
  }

  static Source ofStrength(int strength) {
    return Arrays.stream(values()).filter(s -> s.strength == strength).findFirst().orElseThrow();
  }
}
