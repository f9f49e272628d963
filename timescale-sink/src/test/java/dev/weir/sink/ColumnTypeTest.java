package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DecoderLimits;
import dev.weir.model.JsonField;
import dev.weir.model.JsonObjectDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnTypeTest {

  private static final JsonObjectDecoder DECODER = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timestamptz | "2026-01-01T00:00:00Z"           | 2026-01-01T00:00:00Z
          timestamptz | "2026-01-01T02:00:00+02:00"      | 2026-01-01T00:00:00Z
          timestamptz | "2026-01-01T00:00:00.123456789Z" | 2026-01-01T00:00:00.123456Z
          timestamptz | 1767225600123                    | 2026-01-01T00:00:00.123Z
          text        | "a"                              | a
          varchar     | ""                               | ''
          int2        | -32768                           | -32768
          int4        | 2147483647                       | 2147483647
          int8        | 9223372036854775807              | 9223372036854775807
          float4      | 1.5                              | 1.5
          float8      | 21                               | 21.0
          float8      | 1e3                              | 1000.0
          numeric     | 0.10                             | 0.10
          bool        | true                             | true
          jsonb       | { "a":1 }                        | { "a":1 }
          jsonb       | "text"                           | "text"
          uuid        | "not checked here"               | not checked here
          """)
  void takesAValueOfItsType(String type, String json, String expected) throws Exception {
    assertThat(String.valueOf(ColumnType.ofTypeName(type).convert(field(json))))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timestamptz | "2026-01-01T00:00:00"  | invalid_time
          timestamptz | "yesterday"            | invalid_time
          timestamptz | 1.5                    | wrong_type
          timestamptz | true                   | wrong_type
          text        | 1                      | wrong_type
          text        | {}                     | wrong_type
          int2        | 32768                  | out_of_range
          int4        | 99999999999            | out_of_range
          int4        | "88"                   | wrong_type
          int4        | 88.0                   | wrong_type
          int8        | 9223372036854775808    | out_of_range
          int8        | "7"                    | wrong_type
          float4      | 1e39                   | out_of_range
          float8      | 1e309                  | out_of_range
          float8      | "abc"                  | wrong_type
          numeric     | "1"                    | wrong_type
          bool        | "true"                 | wrong_type
          bool        | 1                      | wrong_type
          uuid        | 1                      | wrong_type
          """)
  void refusesAnythingElse(String type, String json, String reason) throws Exception {
    JsonField field = field(json);
    assertThatThrownBy(() -> ColumnType.ofTypeName(type).convert(field))
        .isInstanceOfSatisfying(
            UnfitValueException.class,
            e -> {
              assertThat(e.rejection().reason().code()).isEqualTo(reason);
              assertThat(e.rejection().detail()).startsWith("field (");
            });
  }

  @ParameterizedTest
  @EnumSource(ColumnType.class)
  void takesJsonNullForNull(ColumnType type) throws Exception {
    assertThat(type.convert(field("null"))).isNull();
  }

  @ParameterizedTest
  @EnumSource(ColumnType.class)
  void makesArraysThatHoldItsElements(ColumnType type) {
    assertThat(type.newArray(2)).hasSize(2);
    assertThat(type.isCast()).isEqualTo(type.element().equals("text") && type != ColumnType.TEXT);
  }

  @Test
  void shortensALongValueInItsMessage() throws Exception {
    JsonField field = field('"' + "x".repeat(1000) + '"');
    assertThatThrownBy(() -> ColumnType.INT8.convert(field))
        .isInstanceOfSatisfying(
            UnfitValueException.class,
            e -> assertThat(e.rejection().detail().length()).isLessThan(100));
  }

  private static JsonField field(String json) {
    JsonObjectDecoder.Result result =
        DECODER.decode(Records.bytes("{\"field\":" + json.strip() + "}"));
    assertThat(result).isInstanceOf(JsonObjectDecoder.Members.class);
    return ((JsonObjectDecoder.Members) result).members().get(0);
  }
}
