package dev.weir.model;

import static dev.weir.model.Samples.DECODER;
import static dev.weir.model.Samples.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random payloads from a seed. {@code -Dweir.fuzz.seed} and {@code -Dweir.fuzz.cases} choose
 * others; a failure names the payload.
 */
class ReadingDecoderFuzzTest {

  private static final long SEED = Long.getLong("weir.fuzz.seed", 20_261_123L);
  private static final int CASES = Integer.getInteger("weir.fuzz.cases", 200_000);

  private static final JsonFactory PLAIN =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonObjectDecoder OBJECTS = new JsonObjectDecoder(DecoderLimits.DEFAULT);

  private int readings;
  private final Set<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);

  @Test
  void answersWithReadingsOrReasonsWhateverComes() {
    PayloadGenerator generator = new PayloadGenerator(SEED);
    for (int i = 0; i < CASES; i++) {
      byte[] payload = generator.next();
      try {
        check(payload);
      } catch (Throwable e) {
        String bytes = Base64.getEncoder().encodeToString(payload);
        fail("seed %d, case %d, payload (base64) %s".formatted(SEED, i, bytes), e);
      }
    }
    assertThat(readings).as("readings among the cases").isGreaterThan(CASES / 20);
    assertThat(reasons).as("reasons seen").hasSizeGreaterThanOrEqualTo(12);
  }

  private void check(byte[] payload) throws IOException {
    byte[] before = payload.clone();
    List<Decoded> decoded = DECODER.decode(DEVICE, payload);

    ensure(payload, before);
    ensure(decoded.isEmpty(), false);
    for (Decoded element : decoded) {
      Slice source = element.source();
      Decoded again = DECODER.decodeOne(DEVICE, source.toByteArray());
      if (element instanceof Reading reading) {
        readings++;
        ensure(again, reading);
        checkFields(reading);
        parsePlainly(source.toByteArray());
      } else {
        RejectionReason reason = ((Rejected) element).rejection().reason();
        reasons.add(reason);
        if (reason != RejectionReason.TOO_LARGE) {
          ensure(again.getClass(), Rejected.class);
        }
      }
    }
    checkAsOneObject(payload, decoded);
  }

  /** What is no array is decoded in the same way by both methods. */
  private static void checkAsOneObject(byte[] payload, List<Decoded> decoded) {
    Decoded one = DECODER.decodeOne(DEVICE, payload);
    boolean array = new Slice(payload, 0, payload.length).utf8().stripLeading().startsWith("[");
    if (!array) {
      ensure(decoded.size(), 1);
      ensure(one, decoded.get(0));
    } else {
      ensure(one.getClass(), Rejected.class);
    }
  }

  private static void checkFields(Reading reading) {
    for (JsonField field : reading.fields()) {
      byte[] object = Samples.utf8("{\"x\":" + field.raw().utf8() + "}");
      JsonObjectDecoder.Result result = OBJECTS.decode(object);
      JsonField alone = ((JsonObjectDecoder.Members) result).members().get(0);
      ensure(alone.text(), field.text());
      ensure(alone.raw(), field.raw());
      ensure(alone.type(), field.type());
    }
  }

  private static void parsePlainly(byte[] object) throws IOException {
    try (JsonParser parser = PLAIN.createParser(object)) {
      while (parser.nextToken() != null) {
        ensure(parser.getText().indexOf(0), -1);
      }
    }
  }

  /** Asserts equality; a description is only made where it does not hold. */
  private static void ensure(Object actual, Object expected) {
    if (!Objects.deepEquals(actual, expected)) {
      assertThat(actual).isEqualTo(expected);
    }
  }
}
