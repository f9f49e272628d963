package dev.weir.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCheckTest {

  private static final int[] EDGES = {
    0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xED, 0xF4, 0xFF
  };

  private static final int[] NONE = {};

  private final CharsetDecoder jdk = UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(8);

  @Test
  void agreesWithTheJdkOnEverySequenceOfTwoBytesAndItsContinuations() {
    for (int first = 1; first < 256; first++) {
      for (int second = 1; second < 256; second++) {
        agree(first, second);
        for (int third : first < 0x80 ? NONE : EDGES) {
          agree(first, second, third);
          for (int fourth : first < 0xE0 ? NONE : EDGES) {
            agree(first, second, third, fourth);
          }
        }
      }
    }
  }

  @Test
  void agreesWithTheJdkOnEveryCharacter() {
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        if (TextCheck.bytes(Character.toString(c).getBytes(UTF_8)) != null) {
          assertThat(c).as("refused").isNull();
        }
      }
    }
  }

  @Test
  void findsABadByteWhereverItStands() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] text = new byte[1 + random.nextInt(40)];
      Arrays.fill(text, (byte) 'a');
      int at = random.nextInt(text.length);
      text[at] = random.nextBoolean() ? 0 : (byte) 0x80;

      Rejection rejection = Objects.requireNonNull(TextCheck.bytes(text));

      assertThat(rejection.detail()).startsWith("byte " + at + " ");
    }
  }

  private void agree(int... bytes) {
    byte[] text = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = (byte) bytes[i];
    }
    boolean accepted = TextCheck.bytes(text) == null;
    if (accepted != isUtf8(text)) {
      assertThat(accepted).as(Arrays.toString(bytes)).isEqualTo(isUtf8(text));
    }
  }

  private boolean isUtf8(byte[] bytes) {
    jdk.reset();
    characters.clear();
    return !jdk.decode(ByteBuffer.wrap(bytes), characters, true).isError();
  }
}
