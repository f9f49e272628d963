package dev.weir.model;

import static dev.weir.model.Samples.DECODER;
import static dev.weir.model.Samples.DEVICE;
import static dev.weir.model.Samples.READING;
import static dev.weir.model.Samples.at;
import static dev.weir.model.Samples.numbered;
import static dev.weir.model.Samples.reading;
import static dev.weir.model.Samples.utf8;
import static dev.weir.model.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDecoderTest {

  @Test
  void readsEveryField() {
    Reading reading = reading(READING);

    assertThat(reading.device()).isEqualTo(DEVICE);
    assertThat(reading.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(reading.sequenceId()).isEqualTo(1);
    assertThat(reading.temperature()).isEqualTo(95.5);
    assertThat(reading.battery()).isEqualTo(80);
    assertThat(reading.number("humidity")).hasValue(40.5);
    assertThat(reading.source().utf8()).isEqualTo(READING);
    assertThat(reading.fields())
        .extracting(JsonField::name)
        .containsExactly(
            "time", "device_id", "user_id", "sequence_id", "temperature", "battery", "humidity");
  }

  @Test
  void takesOptionalFieldsThatAreNullOrMissingAsAbsent() {
    Reading nulls =
        reading(with("\"temperature\":null,\"battery\":null,\"user_id\":null,\"device_id\":null"));

    assertThat(nulls.temperature()).isNull();
    assertThat(nulls.battery()).isNull();
    assertThat(reading(numbered("1")).temperature()).isNull();
  }

  @Test
  void keepsTheRawBytesOfEachValueWithoutTheWhiteSpaceAround() {
    Reading reading =
        reading(
            "\n{ \"sequence_id\" : 1 ,\"time\":\t1767225600000,\"o\" : {\"a\": [1, {} ]} , "
                + "\"s\": \"h\\u00e9\\n\" ,\"e\":-1.50E+2,\"t\" :true\r\n,\"n\": null }\n");

    assertThat(reading.fields())
        .extracting(field -> field.raw().utf8())
        .containsExactly(
            "1",
            "1767225600000",
            "{\"a\": [1, {} ]}",
            "\"h\\u00e9\\n\"",
            "-1.50E+2",
            "true",
            "null");
    assertThat(reading.fields())
        .extracting(JsonField::text)
        .containsExactly(
            "1", "1767225600000", "{\"a\": [1, {} ]}", "hé\n", "-1.50E+2", "true", "null");
    assertThat(reading.fields())
        .extracting(JsonField::type)
        .containsExactly(
            JsonType.INTEGER,
            JsonType.INTEGER,
            JsonType.OBJECT,
            JsonType.STRING,
            JsonType.DECIMAL,
            JsonType.BOOLEAN,
            JsonType.NULL);
    assertThat(reading.source().utf8()).startsWith("{ ").endsWith(" }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"température\":1",
        "\"温度\":\"摂氏\"",
        "\"😀\":\"😀\"",
        "\"\\ud83d\\ude00\":\"\\uD83D\\uDE00\"",
        "\"\":1",
        "\"a b\":1",
        "\"a\":\"\\\\u0000\"",
        "\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"a\":\"\\u0001\\uFFFF\u007f\"",
        "\"Time\":1,\"TIME\":2",
        "\"a\":{\"time\":1,\"a\":{\"a\":{}}},\"b\":{\"a\":[]}",
        "\"a\":[{\"b\":1},{\"b\":1}]",
        "\"a\":123456789012345678901234567890.123456789",
        "\"a\":1e131071",
        "\"a\":1e-16383",
        "\"a\":-0.0e0",
        "\"temperature\":-0",
        "\"temperature\":1e-400",
        "\"battery\":-2147483648",
        "\"battery\":2147483647",
        "\"__proto__\":null",
      })
  void keepsOdditiesThatAreRight(String members) {
    Reading reading = reading(with(members));

    assertThat(reading.source().utf8()).isEqualTo(with(members));
  }

  @Test
  void unescapesNames() {
    String pairs = "\\ud83d\\ude00".repeat(20);
    Reading reading = reading(with("\"\\u0068um\\u0069dity\":4,\"" + pairs + "\":5"));

    assertThat(reading.number("humidity")).hasValue(4);
    assertThat(reading.number("😀".repeat(20))).hasValue(5);
  }

  @Test
  void takesEachLimitAsStillAllowed() {
    String deepest = Poison.nested("[", "", "]", 31);
    reading(with("\"a\":" + deepest));
    reading(with("\"a\":" + "9".repeat(1_000)));
    reading(with("\"" + "n".repeat(256) + "\":1"));
    reading(with(Poison.members(9_998)));
    reading(with("\"a\":[" + "1,".repeat(9_999) + "1]"));
    String empty = with("\"a\":\"\"");
    int room = DecoderLimits.DEFAULT.maxBytes() - empty.length();
    reading(with("\"a\":\"" + "x".repeat(room) + "\""));
    assertThat(reading(numbered("9223372036854775807")).sequenceId()).isEqualTo(Long.MAX_VALUE);
    assertThat(reading(numbered("0")).sequenceId()).isZero();
  }

  @Test
  void boundsTheTimeByTheLimitsInclusive() {
    assertThat(reading(at("946684800000")).time()).isEqualTo("2000-01-01T00:00:00Z");
    assertThat(reading(at("\"2026-06-02T00:00:00Z\"")).time()).isEqualTo("2026-06-02T00:00:00Z");

    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    DecoderLimits wide = new DecoderLimits(1_000, 4, 4, Instant.MIN, forever);
    ReadingDecoder decoder = new ReadingDecoder(wide, InstantSource.fixed(Samples.NOW));
    assertThat(decoder.decodeOne(DEVICE, utf8(at("9223372036854775807"))))
        .isInstanceOf(Reading.class);
    assertThat(decoder.decodeOne(DEVICE, utf8(at("-9223372036854775808"))))
        .isInstanceOf(Reading.class);
  }

  @Test
  void readsAnArrayElementByElement() {
    String second = numbered("2");
    byte[] payload = utf8(" [ " + READING + " ,\n" + second + "] ");

    List<Decoded> decoded = DECODER.decode(DEVICE, payload);

    assertThat(decoded).allMatch(Reading.class::isInstance);
    assertThat(decoded)
        .extracting(element -> element.source().utf8())
        .containsExactly(READING, second);
  }

  @Test
  void refusesAnArrayAsAWholeWhereItIsNotJsonToTheEnd() {
    for (String end : new String[] {"", ",", ",]", "]]", "] {}", ",{]", ",nul]", "}", "]\u00a0"}) {
      byte[] payload = utf8("[" + READING + end);

      List<Decoded> decoded = DECODER.decode(DEVICE, payload);

      assertThat(decoded).as(end).hasSize(1);
      assertThat(Samples.rejection(decoded.get(0)).reason()).isEqualTo(RejectionReason.NOT_JSON);
      assertThat(decoded.get(0).source()).isEqualTo(Slice.of(payload));
    }
  }

  @Test
  void refusesAnEmptyArraySoThatItDoesNotVanish() {
    List<Decoded> decoded = DECODER.decode(DEVICE, utf8(" [ ] "));

    assertThat(decoded).hasSize(1);
    assertThat(Samples.rejection(decoded.get(0)).reason()).isEqualTo(RejectionReason.EMPTY);
    assertThat(decoded.get(0).source().utf8()).isEqualTo(" [ ] ");
  }

  @Test
  void refusesAnArrayOfTooManyElementsAsAWhole() {
    byte[] payload = utf8("[" + "{},".repeat(10_000) + "{}]");

    List<Decoded> decoded = DECODER.decode(DEVICE, payload);

    assertThat(decoded).hasSize(1);
    assertThat(Samples.rejection(decoded.get(0)).reason()).isEqualTo(RejectionReason.TOO_COMPLEX);
  }

  @Test
  void refusesAnArrayWhereOneObjectIsExpected() {
    Decoded decoded = DECODER.decodeOne(DEVICE, utf8("[" + READING + "]"));

    assertThat(Samples.rejection(decoded).reason()).isEqualTo(RejectionReason.NOT_AN_OBJECT);
  }

  @Test
  void refusesAnElementThatIsAnArrayAlone() {
    List<Decoded> decoded = DECODER.decode(DEVICE, utf8("[[" + READING + "]," + READING + "]"));

    assertThat(decoded).hasSize(2);
    assertThat(Samples.rejection(decoded.get(0)).reason()).isEqualTo(RejectionReason.NOT_AN_OBJECT);
    assertThat(decoded.get(0).source().utf8()).isEqualTo("[" + READING + "]");
    assertThat(decoded.get(1)).isInstanceOf(Reading.class);
  }

  @Test
  void stillKnowsItsLimitsAfterManyPayloads() {
    for (int i = 0; i < 2_000; i++) {
      reading(with("\"name" + i + "\":" + i));
    }
    String longName = "n".repeat(ParserSource.MAX_NAME_BYTES + 1);

    assertThat(Samples.rejection(with("\"" + longName + "\":1")).reason())
        .isEqualTo(RejectionReason.TOO_COMPLEX);
  }

  @Test
  void givesManyThreadsTheSameAnswers() {
    PayloadGenerator generator = new PayloadGenerator(3);
    List<byte[]> payloads = Stream.generate(generator::next).limit(2_000).toList();
    List<List<Decoded>> alone =
        payloads.stream().map(payload -> DECODER.decode(DEVICE, payload)).toList();

    List<List<Decoded>> together =
        payloads.parallelStream().map(payload -> DECODER.decode(DEVICE, payload)).toList();

    assertThat(together).isEqualTo(alone);
  }
}
