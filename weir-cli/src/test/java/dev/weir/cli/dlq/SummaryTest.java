package dev.weir.cli.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.deadletters.Letter;
import dev.weir.model.DeadLetter;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void saysHowManyWhereAndHowOld_thenTheGroups() {
    Summary summary = new Summary(List.of(Dimension.REASON, Dimension.DEVICE));
    summary.add(letter("telemetry.dlq", 1, "u/d1", "a", RejectionReason.EMPTY, NOON), true);
    summary.add(letter("telemetry.dlq", 2, "u/d1", "a", RejectionReason.EMPTY, NOON), true);
    summary.add(
        letter("telemetry.parked", 1, "u/d2", "b", RejectionReason.NOT_JSON, NOON.plusSeconds(60)),
        true);
    summary.add(
        letter("telemetry.dlq", 3, "u/d2", "c", RejectionReason.NOT_JSON, NOON.plusSeconds(61)),
        true);
    summary.add(letter("telemetry.dlq", 4, "u/d3", "d", RejectionReason.EMPTY, NOON), false);

    assertThat(print(summary, 10))
        .containsExactly(
            "3 dead letters (and 1 copy of them): 2 waiting for the retry connector, 1 parked;"
                + " the oldest is 2h 0m old",
            "",
            "letters  waiting  parked  reason    device  oldest                newest",
            "      2        1       1  not_json  u/d2    2026-01-01T12:01:00Z  2026-01-01T12:01:01Z",
            "      1        1       0  empty     u/d1    2026-01-01T12:00:00Z  2026-01-01T12:00:00Z");
    assertThat(print(summary, 1)).last().isEqualTo("… and 1 row more; --limit shows them");
  }

  @Test
  void tellsHoursInTheirOrder() {
    Summary summary = new Summary(List.of(Dimension.HOUR));
    for (int i = 0; i < 5; i++) {
      Instant later = NOON.plusSeconds(i == 0 ? 0 : 3_600);
      summary.add(letter("telemetry.dlq", i, "u/d", "v" + i, RejectionReason.EMPTY, later), true);
    }
    assertThat(summary.rows())
        .extracting(row -> row.getKey().get(0), row -> row.getValue().letters())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2026-01-01T12:00:00Z", 1L),
            org.assertj.core.groups.Tuple.tuple("2026-01-01T13:00:00Z", 4L));
  }

  @Test
  void saysThatThereAreNone() {
    assertThat(print(new Summary(List.of(Dimension.USER)), 5)).containsExactly("No dead letters.");
  }

  private static List<String> print(Summary summary, int most) {
    StringWriter text = new StringWriter();
    new SummaryTable(summary, NOON.plusSeconds(7_200))
        .print(new PrintWriter(text), false, true, most);
    return text.toString().lines().toList();
  }

  private static Letter letter(
      String topic,
      long offset,
      String key,
      String value,
      RejectionReason reason,
      Instant refused) {
    ConsumerRecord<byte[], byte[]> letter =
        new ConsumerRecord<>(topic, 0, offset, key.getBytes(UTF_8), value.getBytes(UTF_8));
    new DeadLetter(new Rejection(reason, ""), DeadLetter.Stage.BRIDGE, "telemetry-1@1", refused, 1)
        .headers()
        .forEach((name, header) -> letter.headers().add(name, header.getBytes(UTF_8)));
    return Letter.of(letter);
  }
}
