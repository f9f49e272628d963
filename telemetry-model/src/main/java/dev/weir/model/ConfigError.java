package dev.weir.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The answer to rules or a command of a user's that were refused, for the topic {@link
 * MqttTopics#configErrors}.
 *
 * @param topic the MQTT topic that the refused document came to
 * @param time when it came
 * @param problems what is wrong with it, each with its field; never empty
 */
public record ConfigError(String topic, Instant time, List<String> problems) {

  private static final JsonFactory FACTORY = new JsonFactory();

  public ConfigError {
    problems = List.copyOf(problems);
  }

  /** As JSON: {@code {"topic": ..., "time": ..., "problems": [...]}}. */
  public byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("topic", topic);
      json.writeStringField("time", time.toString());
      json.writeArrayFieldStart("problems");
      for (String problem : problems) {
        json.writeString(problem);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory refuses JSON", e);
    }
    return bytes.toByteArray();
  }
}
