package dev.weir.sink.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes are those of PostgreSQL's manual, COPY, "Binary Format"; CopyIT asks the server. */
class CopyEncoderTest {

  private final CopyEncoder encoder = new CopyEncoder(4);

  @Test
  void framesRows() {
    encoder.header();
    encoder.row(0);
    encoder.trailer();
    assertThat(hex()).isEqualTo("5047434f50590aff0d0a00" + "0000000000000000" + "0000" + "ffff");
  }

  @Test
  void writesNumbersBigEndianAfterTheirSize() {
    encoder.int2((short) 0x1234);
    encoder.int4(-2);
    encoder.int8(0x123456789abcdef0L);
    encoder.float4(1.5f);
    encoder.float8(-2.25);
    encoder.bool(true);
    encoder.nothing();
    assertThat(hex())
        .isEqualTo(
            "000000021234"
                + "00000004fffffffe"
                + "00000008123456789abcdef0"
                + "000000043fc00000"
                + "00000008c002000000000000"
                + "0000000101"
                + "ffffffff");
  }

  @Test
  void countsMicrosecondsSince2000() {
    encoder.timestamptz(Instant.parse("2000-01-01T00:00:00.000001Z"));
    encoder.timestamptz(Instant.parse("1999-12-31T23:59:59.999999Z"));
    assertThat(hex()).isEqualTo("000000080000000000000001" + "00000008ffffffffffffffff");
  }

  @Test
  void makesNoInfinityOfATimeBeyondAllRanges() {
    encoder.timestamptz(Instant.MAX);
    encoder.timestamptz(Instant.MIN);
    assertThat(hex()).isEqualTo("000000087ffffffffffffffe" + "000000088000000000000001");
  }

  @Test
  void writesTextInUtf8_itsSizeInBytes() {
    encoder.text("ab");
    encoder.text("aé𝄞");
    encoder.jsonb("{}");
    encoder.text("");
    assertThat(hex())
        .isEqualTo("000000026162" + "0000000761c3a9f09d849e" + "00000003017b7d" + "00000000");
  }

  @Test
  void growsForLargeValues_andShrinksAgain() {
    encoder.text("x".repeat(1_000_000));
    assertThat(encoder.length()).isEqualTo(1_000_004);
    encoder.clear(64);
    assertThat(encoder.length()).isZero();
    assertThat(encoder.array()).hasSize(64);
  }

  private String hex() {
    return HexFormat.of().formatHex(Arrays.copyOf(encoder.array(), encoder.length()));
  }
}
