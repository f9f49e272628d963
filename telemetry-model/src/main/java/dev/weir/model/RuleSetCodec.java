package dev.weir.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link RuleSet}: {@code {"rules":[{...}]}}, with an optional {@code
 * device_id}. The seed system's forms are read too. Thread-safe.
 *
 * <p>Reading is strict and bounded: what is misspelt or makes no sense is refused, with every
 * problem and the path of its field; nothing is ignored.
 */
public final class RuleSetCodec {

  /** The most rules in one scope. */
  public static final int MAX_RULES = 100;

  private static final String RULES = "rules";
  private static final String DEVICE_ID = "device_id";
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_DEPTH = 4;
  private static final StrictJson JSON =
      new StrictJson(
          new DecoderLimits(
              MAX_BYTES,
              MAX_DEPTH,
              MAX_RULES,
              DecoderLimits.DEFAULT.earliest(),
              DecoderLimits.DEFAULT.maxAhead()));
  private static final JsonFactory FACTORY = new JsonFactory();

  private RuleSetCodec() {}

  /** What a document says, or what is wrong with it. */
  public sealed interface Result {}

  /**
   * The document is a rule set.
   *
   * @param rules its rules
   * @param deviceId the device that the document names; null where it names none
   */
  public record Accepted(RuleSet rules, @Nullable String deviceId) implements Result {}

  /**
   * The document is refused.
   *
   * @param problems each begins with the path of its field, such as {@code rules[2].clear}; never
   *     empty
   */
  public record Refused(List<String> problems) implements Result {}

  /** Reads a document; whatever the bytes, it answers and never throws. */
  public static Result decode(byte[] json) {
    StrictJson.Document document = JSON.object(json);
    if (document.fault() != null) {
      return new Refused(List.of(document.fault().detail()));
    }
    ObjectWalker.Element root = document.elements().get(0);
    if (root.fault() != null) {
      return new Refused(List.of(root.fault().detail()));
    }
    Problems problems = new Problems();
    FieldReader fields = new FieldReader("", root.members(), problems);
    String deviceId = fields.text(DEVICE_ID);
    Builder builder = new Builder(problems);
    if (fields.has(RULES)) {
      fields.refuseOthers(Set.of(RULES, DEVICE_ID));
      builder.rules(fields);
    } else {
      builder.thresholds(fields);
    }
    return problems.isEmpty()
        ? new Accepted(new RuleSet(builder.rules, builder.switchedOff), deviceId)
        : new Refused(problems.list());
  }

  /** Collects the rules of one document. */
  private static final class Builder {
    private final Problems problems;
    private final SeedRules seed = new SeedRules();
    private final Set<String> ids = new HashSet<>();
    private final List<AlertRule> rules = new ArrayList<>();
    private final Set<String> switchedOff = new TreeSet<>();

    Builder(Problems problems) {
      this.problems = problems;
    }

    void thresholds(FieldReader fields) {
      for (String name : fields.names()) {
        if (SeedRules.isThreshold(name)) {
          AlertRule rule = seed.threshold(fields, name);
          if (rule != null) {
            rules.add(rule);
          }
        } else if (!name.equals(DEVICE_ID)) {
          fields.wrong(
              Wording.plain(name),
              "unknown field; write {\"rules\": [...]}, or levels such as temperature_max");
        }
      }
      if (rules.isEmpty() && problems.isEmpty()) {
        fields.wrong(RULES, "missing, but required");
      }
    }

    void rules(FieldReader fields) {
      JsonField field = fields.field(RULES);
      if (field == null || field.type() != JsonType.ARRAY) {
        fields.wrong(RULES, "must be an array of rules");
        return;
      }
      if (field.text().substring(1, field.text().length() - 1).isBlank()) {
        return;
      }
      StrictJson.Document array = JSON.objects(field.raw().toByteArray());
      if (array.fault() != null) {
        fields.wrong(RULES, array.fault().detail());
        return;
      }
      for (int i = 0; i < array.elements().size(); i++) {
        add("rules[" + i + "]", array.elements().get(i));
      }
    }

    private void add(String path, ObjectWalker.Element element) {
      if (element.fault() != null) {
        problems.add(path, element.fault().detail());
        return;
      }
      FieldReader fields = new FieldReader(path, element.members(), problems);
      boolean isSeed = fields.has(SeedRules.KEY);
      RuleParser parser = new RuleParser(fields);
      if (!isSeed && parser.switchesOff()) {
        add(fields, parser.id(), null);
        return;
      }
      AlertRule rule = isSeed ? seed.comparison(fields, problems) : parser.rule(problems);
      if (rule != null) {
        boolean off = !fields.flag(RuleParser.ENABLED, true);
        add(fields, rule.id(), off ? null : rule);
      }
    }

    private void add(FieldReader fields, @Nullable String id, @Nullable AlertRule rule) {
      if (id == null) {
        return;
      }
      if (!ids.add(id)) {
        fields.wrong(RuleParser.ID, "stands twice: " + id);
      } else if (rule == null) {
        switchedOff.add(id);
      } else {
        rules.add(rule);
      }
    }
  }

  /** Writes a rule set in Weir's own form; {@link #decode} reads the same from it. */
  public static byte[] encode(RuleSet set) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart(RULES);
      for (AlertRule rule : set.rules()) {
        write(json, rule);
      }
      for (String id : new TreeSet<>(set.switchedOff())) {
        json.writeStartObject();
        json.writeStringField(RuleParser.ID, id);
        json.writeBooleanField(RuleParser.ENABLED, false);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + set, e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, AlertRule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField(RuleParser.ID, rule.id());
    json.writeStringField(RuleParser.KIND, rule.kind().name());
    if (!rule.metric().isEmpty()) {
      json.writeStringField(RuleParser.METRIC, rule.metric());
    }
    if (rule.kind().hasLevels()) {
      json.writeNumberField(RuleParser.RAISE, rule.raise());
      json.writeNumberField(RuleParser.CLEAR, rule.clear());
    } else if (rule.expected() != null) {
      json.writeFieldName(RuleParser.RAISE);
      if (rule.expected().type() == JsonType.STRING) {
        json.writeString(rule.expected().text());
      } else {
        json.writeRawValue(rule.expected().text());
      }
    }
    if (!rule.span().isZero()) {
      json.writeStringField(RuleParser.FOR, DurationText.of(rule.span()));
    }
    json.writeStringField(RuleParser.SEVERITY, rule.severity().name());
    if (rule.message() != null) {
      json.writeStringField(RuleParser.MESSAGE, rule.message());
    }
    json.writeEndObject();
  }
}
