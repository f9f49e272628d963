package dev.weir.sink;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.model.JsonField;
import dev.weir.model.JsonType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers fields without a column of their own into one JSON object, their values untouched. */
final class Overflow {

  private Overflow() {}

  /**
   * The object, as JSON.
   *
   * <p>An object that is sent under the overflow column's own name is that column's content; beside
   * other fields it is kept under its name like them.
   *
   * @return null where there are no fields
   */
  static @Nullable String compose(String column, List<JsonField> fields) {
    if (fields.isEmpty()) {
      return null;
    }
    JsonField first = fields.get(0);
    if (fields.size() == 1 && first.name().equals(column) && first.type() == JsonType.OBJECT) {
      return first.raw().utf8();
    }
    StringBuilder json = new StringBuilder(64);
    char separator = '{';
    for (JsonField field : fields) {
      json.append(separator).append('"');
      JsonStringEncoder.getInstance().quoteAsString(field.name(), json);
      json.append("\":").append(field.raw().utf8());
      separator = ',';
    }
    return json.append('}').toString();
  }
}
