package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.model.DeadLetter;
import dev.weir.model.RecordPosition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The record that settles a letter: its key is the letter's name, its value a small JSON object of
 * texts that says what was done and when, and of a dropped letter also what it was.
 *
 * @param letter the letter's name
 * @param fields {@link #AS} and {@link #AT} always; {@link #TOPIC_ID} where it is known
 */
record Marker(RecordPosition letter, Map<String, String> fields) {

  /** {@link #REPLAYED} or {@link #DROPPED}. */
  static final String AS = "as";

  /** When, RFC 3339. */
  static final String AT = "at";

  /**
   * Kafka's own id of the letter's topic: offsets begin anew in a topic that was deleted and made
   * again, and a marker of the old one must not hide a letter of the new one.
   */
  static final String TOPIC_ID = "topic_id";

  static final String REPLAYED = "replayed";
  static final String DROPPED = "dropped";

  private static final JsonFactory JSON = new JsonFactory();

  /** The marker of a letter, or of a copy of it. */
  static Marker of(
      RecordPosition settled, Letter letter, Decision done, @Nullable Uuid topicId, Instant at) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(AS, done instanceof Decision.Replay ? REPLAYED : DROPPED);
    fields.put(AT, at.toString());
    if (topicId != null) {
      fields.put(TOPIC_ID, topicId.toString());
    }
    if (done instanceof Decision.Replay replay) {
      fields.put("to", replay.topic());
    } else {
      byte[] key = letter.key();
      fields.put("key", key == null ? "" : new String(key, UTF_8));
      fields.put("reason", letter.reason());
      fields.put("stage", letter.stage());
      fields.put("source", letter.header(DeadLetter.SOURCE).orElse(""));
      fields.put("time", letter.time().toString());
    }
    return new Marker(settled, fields);
  }

  byte[] key() {
    return letter.toString().getBytes(UTF_8);
  }

  byte[] value() {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.writeStartObject();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        generator.writeStringField(field.getKey(), field.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return json.toString().getBytes(UTF_8);
  }

  /** The marker that a record is; empty where it is something else. */
  static Optional<Marker> parse(byte @Nullable [] key, byte[] value) {
    Optional<RecordPosition> letter = letterOf(key);
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken().isScalarValue()) {
          fields.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return letter.map(position -> new Marker(position, fields));
  }

  /** The letter that a marker's key names. */
  static Optional<RecordPosition> letterOf(byte @Nullable [] key) {
    return key == null ? Optional.empty() : RecordPosition.parse(new String(key, UTF_8));
  }

  /** Whether it settles a letter of this incarnation of the topic. */
  boolean isOf(@Nullable Uuid topicId) {
    String written = fields.get(TOPIC_ID);
    return written == null || topicId == null || written.equals(topicId.toString());
  }
}
