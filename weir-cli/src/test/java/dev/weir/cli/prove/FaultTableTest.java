package dev.weir.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTableTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Device DEVICE = new Device("u1", "d1");

  @Test
  void sumsUpTheFaultsOfOneKind_overAllBridges() {
    FaultRecord one = recovered("bridge-1", 0, 2);
    FaultRecord other = recovered("bridge-2", 100, 6);
    FaultRecord third = recovered("bridge-1", 200, 4);

    assertThat(table(Map.of(), one, other, third))
        .containsExactly("bridge killed", "3", "4.0 s", "6.0 s", "90", "0", "0");
  }

  @Test
  void countsWhatIsMissing_whereItWasPublishedDuringTheFault() {
    BitSet missing = new BitSet();
    missing.set(3); // within
    missing.set(50); // after recovery

    assertThat(table(Map.of(DEVICE, missing), recovered("kafka", 0, 2)))
        .containsExactly("kafka killed", "1", "2.0 s", "2.0 s", "30", "1", "0");
  }

  @Test
  void saysNever_whenThePipelineHasNotRecovered() {
    FaultRecord record = new FaultRecord(fault("kafka"), moment(0, 0, 0));

    assertThat(table(Map.of(), record))
        .containsExactly("kafka killed", "1", "never", "never", "0", "0", "0");
  }

  @Test
  void takesOnlyAReadingFromAfterTheFaultForRecovery() {
    FaultRecord record = new FaultRecord(fault("kafka"), moment(0, 0, 0));
    record.end(moment(5, 5, 50));

    record.flowing(START.plusSeconds(4), moment(6, 6, 60));
    assertThat(record.hasRecovered()).isFalse();

    record.flowing(START.plusSeconds(6), moment(7, 7, 70));
    assertThat(record.recovery()).isEqualTo(Duration.ofSeconds(2));
    assertThat(record.acknowledged()).isEqualTo(70);
  }

  private static List<String> table(Map<Device, BitSet> missing, FaultRecord... records) {
    List<String> lines = FaultTable.lines(List.of(records), missing, Map.of());
    assertThat(lines).hasSize(3);
    return List.of(lines.get(2).strip().split(" {2,}"));
  }

  private static FaultRecord recovered(String component, int second, int recovery) {
    FaultRecord record = new FaultRecord(fault(component), moment(second, second, 0));
    record.end(moment(second + 1, second + 1, 10));
    record.flowing(
        START.plusSeconds(second + 2), moment(second + 1 + recovery, second + 1 + recovery, 30));
    return record;
  }

  private static FaultRecord.Moment moment(int second, int round, long acknowledged) {
    return new FaultRecord.Moment(START.plusSeconds(second), round, acknowledged);
  }

  private static PlannedFault fault(String component) {
    return new PlannedFault(
        component, FaultKind.KILL, Duration.ZERO, Duration.ofSeconds(1), Set.of());
  }
}
