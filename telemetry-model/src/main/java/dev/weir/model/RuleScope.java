package dev.weir.model;

import java.util.List;
import java.util.Optional;

/**
 * For whom a {@link RuleSet} holds: everybody, a user's devices, or one device.
 *
 * @param key the key of its record in the topic of rules: {@code default}, {@code user} or {@code
 *     user/device}
 */
public record RuleScope(String key) {

  /** Every device. */
  public static final RuleScope DEFAULT = new RuleScope("default");

  /** Refuses a key that {@link #ofKey} does not know. */
  public RuleScope {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not default, user or user/device: " + key);
    }
  }

  /** The scope that a key names; empty where it names none. */
  public static Optional<RuleScope> ofKey(String key) {
    return isKey(key) ? Optional.of(new RuleScope(key)) : Optional.empty();
  }

  /**
   * A user's devices; empty where that is no user's name, and for a user named {@code default}, who
   * would otherwise change everybody's rules.
   */
  public static Optional<RuleScope> ofUser(String user) {
    return user.equals(DEFAULT.key) || user.contains("/") ? Optional.empty() : ofKey(user);
  }

  /** One device. */
  public static RuleScope of(Device device) {
    return new RuleScope(device.key());
  }

  /** All scopes that apply to a device, the widest first. */
  public static List<RuleScope> ofAll(Device device) {
    Optional<RuleScope> user = ofUser(device.user());
    return user.isPresent()
        ? List.of(DEFAULT, user.get(), of(device))
        : List.of(DEFAULT, of(device));
  }

  private static boolean isKey(String key) {
    // A user alone is checked as a user with some device would be.
    return Device.ofKey(key.indexOf('/') < 0 ? key + "/any" : key).isPresent();
  }

  @Override
  public String toString() {
    return key;
  }
}
