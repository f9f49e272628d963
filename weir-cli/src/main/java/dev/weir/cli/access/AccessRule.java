package dev.weir.cli.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One line of {@code access.conf}: what an account may do with a resource of Kafka.
 *
 * @param account who
 * @param resource with what
 * @param operations may do what
 */
public record AccessRule(String account, ResourcePattern resource, List<AclOperation> operations) {

  private static final Map<String, ResourceType> KINDS =
      Map.of(
          "topic", ResourceType.TOPIC,
          "group", ResourceType.GROUP,
          "transaction", ResourceType.TRANSACTIONAL_ID,
          "cluster", ResourceType.CLUSTER);

  /** Refuses a rule without operations. */
  public AccessRule {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("no operations for " + account);
    }
  }

  /**
   * Reads the lines of a file; empty ones and what follows a {@code #} are skipped.
   *
   * @throws IllegalArgumentException naming every line that is wrong, and what is wrong with it
   */
  public static List<AccessRule> parse(List<String> lines) {
    List<AccessRule> rules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        rules.add(parse(line));
      } catch (IllegalArgumentException e) {
        problems.add("line %d, '%s': %s".formatted(i + 1, line, e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return rules;
  }

  private static AccessRule parse(String line) {
    String[] words = line.split("\\s+", -1);
    if (words.length != 4) {
      throw new IllegalArgumentException(
          "must be an account, a kind of resource, a name, and operations separated by commas");
    }
    ResourceType kind = KINDS.get(words[1]);
    if (kind == null) {
      throw new IllegalArgumentException(
          "the kind of resource must be one of %s, not %s"
              .formatted(KINDS.keySet().stream().sorted().toList(), words[1]));
    }
    boolean prefix = words[2].endsWith("*");
    String name = prefix ? words[2].substring(0, words[2].length() - 1) : words[2];
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name must not be * alone");
    }
    return new AccessRule(
        words[0],
        new ResourcePattern(kind, name, prefix ? PatternType.PREFIXED : PatternType.LITERAL),
        Stream.of(words[3].split(",", -1)).map(AccessRule::operation).toList());
  }

  private static AclOperation operation(String word) {
    AclOperation operation = AclOperation.fromString(word);
    if (operation == AclOperation.UNKNOWN || operation == AclOperation.ANY) {
      throw new IllegalArgumentException(word + " is no operation of Kafka");
    }
    return operation;
  }

  /** As Kafka keeps it: one binding for each operation, from any host. */
  Stream<AclBinding> bindings() {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(
                        principal(account), "*", operation, AclPermissionType.ALLOW)));
  }

  static String principal(String account) {
    return "User:" + account;
  }
}
