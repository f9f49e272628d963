package dev.weir.model;

import dev.weir.model.AlertCommand.Action;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an {@link AlertCommand} from JSON, as strictly as rules are read. Thread-safe. */
public final class AlertCommandCodec {

  /** The longest snooze. */
  public static final Duration MAX_SNOOZE = Duration.ofDays(30);

  private static final String RULE_ID = "rule_id";
  private static final String ACTION = "action";
  private static final String DURATION = "duration_minutes";
  private static final String REASON = "reason";
  private static final int MAX_BYTES = 8 * 1024;
  private static final int MAX_FIELDS = 16;
  private static final JsonObjectDecoder JSON =
      new JsonObjectDecoder(
          new DecoderLimits(
              MAX_BYTES,
              2,
              MAX_FIELDS,
              DecoderLimits.DEFAULT.earliest(),
              DecoderLimits.DEFAULT.maxAhead()));
  private static final Set<String> KNOWN =
      Set.of(Reading.DEVICE_ID, Reading.USER_ID, RULE_ID, ACTION, DURATION, REASON);

  private AlertCommandCodec() {}

  /** What a document asks for, or what is wrong with it. */
  public sealed interface Result {}

  /**
   * The document is a command.
   *
   * @param command what it asks for
   */
  public record Accepted(AlertCommand command) implements Result {}

  /**
   * The document is refused.
   *
   * @param problems each begins with its field; never empty
   */
  public record Refused(List<String> problems) implements Result {}

  /**
   * Reads a document; whatever the bytes, it answers and never throws.
   *
   * @param user who sent it, as the topic or the record's key tells
   */
  public static Result decode(String user, byte[] json) {
    JsonObjectDecoder.Result result = JSON.decode(json);
    if (result instanceof JsonObjectDecoder.Refused refused) {
      return new Refused(List.of(refused.rejection().detail()));
    }
    Problems problems = new Problems();
    FieldReader fields =
        new FieldReader("", ((JsonObjectDecoder.Members) result).members(), problems);
    fields.refuseOthers(KNOWN);
    String claimed = fields.text(Reading.USER_ID);
    if (claimed != null && !claimed.equals(user)) {
      fields.wrong(Reading.USER_ID, "must be " + Wording.quoted(user) + " or missing");
    }
    Optional<Device> device = device(fields, user);
    String rule = rule(fields);
    String unused = fields.text(REASON);
    fields.require(ACTION);
    Action action = fields.choice(ACTION, Action.class);
    Duration duration = action == null ? null : duration(fields, action);
    return problems.isEmpty() && device.isPresent()
        ? new Accepted(
            new AlertCommand(device.get(), rule, Objects.requireNonNull(action), duration))
        : new Refused(problems.list());
  }

  private static Optional<Device> device(FieldReader fields, String user) {
    String id = fields.requiredText(Reading.DEVICE_ID);
    if (id == null) {
      return Optional.empty();
    }
    Optional<Device> device = Device.ofKey(user + "/" + id);
    if (device.isEmpty()) {
      fields.wrong(Reading.DEVICE_ID, "is not a device's name: " + Wording.quoted(id));
    }
    return device;
  }

  private static String rule(FieldReader fields) {
    String rule = fields.text(RULE_ID);
    if (rule == null) {
      return AlertCommand.ALL_RULES;
    }
    if (!rule.equals(AlertCommand.ALL_RULES) && !rule.matches(AlertRule.ID)) {
      fields.wrong(RULE_ID, "must be a rule's id, or * for all, not " + Wording.quoted(rule));
    }
    return rule;
  }

  private static @Nullable Duration duration(FieldReader fields, Action action) {
    if (action != Action.SNOOZE) {
      fields.refuse(DURATION, "not allowed for " + action);
      return null;
    }
    fields.require(DURATION);
    Double minutes = fields.number(DURATION);
    if (minutes == null) {
      return null;
    }
    if (!(minutes > 0 && minutes <= MAX_SNOOZE.toMinutes())) {
      fields.wrong(DURATION, "must be above 0 and at most " + MAX_SNOOZE.toMinutes());
      return null;
    }
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }
}
