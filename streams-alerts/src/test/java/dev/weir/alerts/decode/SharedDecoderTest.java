package dev.weir.alerts.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Decoded;
import dev.weir.model.DecoderLimits;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Rejected;
import dev.weir.model.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedDecoderTest {

  private static final byte[] VALUE = json(1);

  private final SharedDecoder decoder =
      new SharedDecoder(new ReadingDecoder(DecoderLimits.DEFAULT, InstantSource.system()));

  @Test
  void decodesARecordOnce() {
    Decoded first = decoder.decode("u1/d1", VALUE);
    assertThat(first).isInstanceOf(Reading.class);
    assertThat(decoder.decode("u1/d1", VALUE)).isSameAs(first);
  }

  @Test
  void tellsRecordsApart() {
    Decoded first = decoder.decode("u1/d1", VALUE);
    assertThat(decoder.decode("u1/d2", VALUE))
        .isInstanceOfSatisfying(
            Reading.class, reading -> assertThat(reading.device().id()).isEqualTo("d2"));
    assertThat(decoder.decode("u1/d1", json(2)))
        .isInstanceOfSatisfying(
            Reading.class, reading -> assertThat(reading.sequenceId()).isEqualTo(2));
    assertThat(decoder.decode("u1/d1", VALUE)).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void givesNoThreadTheAnswerOfAnother() {
    Decoded here = decoder.decode("u1/d1", VALUE);
    Decoded there = CompletableFuture.supplyAsync(() -> decoder.decode("u1/d2", VALUE)).join();
    assertThat(there).isNotEqualTo(here);
    assertThat(decoder.decode("u1/d1", VALUE)).isSameAs(here);
  }

  @Test
  void refusesWhatHasNoDeviceOrNoValue() {
    assertThat(reason(decoder.decode(null, VALUE))).isEqualTo(RejectionReason.INVALID_IDENTITY);
    assertThat(reason(decoder.decode("u1", VALUE))).isEqualTo(RejectionReason.INVALID_IDENTITY);
    assertThat(reason(decoder.decode("u1/d1", null))).isEqualTo(RejectionReason.EMPTY);
    assertThat(decoder.decode("u1/d1", VALUE)).isInstanceOf(Reading.class);
  }

  private static RejectionReason reason(Decoded decoded) {
    return ((Rejected) decoded).rejection().reason();
  }

  private static byte[] json(long sequence) {
    return ("{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":" + sequence + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
