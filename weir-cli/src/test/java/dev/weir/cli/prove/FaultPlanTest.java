package dev.weir.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @Test
  void isTheSame_whenTheSeedIsTheSame() {
    assertThat(plan(7, HALF_AN_HOUR)).isEqualTo(plan(7, HALF_AN_HOUR));
    assertThat(plan(7, HALF_AN_HOUR)).isNotEqualTo(plan(8, HALF_AN_HOUR));
  }

  @Test
  void hasAHundredFaultsInHalfAnHour_andEveryKindOnEveryComponent() {
    for (long seed = 0; seed < 50; seed++) {
      List<PlannedFault> faults = plan(seed, HALF_AN_HOUR).faults();

      assertThat(faults).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(100);
      Map<String, List<PlannedFault>> byFault =
          faults.stream().collect(Collectors.groupingBy(f -> f.component() + " " + f.kind()));
      assertThat(byFault).as("seed %d", seed).hasSize(8 * 5 + 1);
    }
  }

  @Test
  void befallsEveryComponentOnce_beforeAnyoneTwice() {
    List<PlannedFault> faults = plan(3, HALF_AN_HOUR).faults();

    assertThat(faults.subList(0, 8)).extracting(PlannedFault::component).doesNotHaveDuplicates();
  }

  @Test
  void letsFaultsOverlap_butNeverTwoOfOneComponent() {
    List<PlannedFault> faults = plan(5, HALF_AN_HOUR).faults();
    Map<String, Duration> free = new HashMap<>();
    Duration latestEnd = Duration.ZERO;
    int overlaps = 0;
    for (PlannedFault fault : faults) {
      assertThat(fault.at())
          .as("%s", fault)
          .isGreaterThan(free.getOrDefault(fault.component(), Duration.ZERO));
      overlaps += fault.at().compareTo(latestEnd) < 0 ? 1 : 0;
      latestEnd = fault.end().compareTo(latestEnd) > 0 ? fault.end() : latestEnd;
      free.put(fault.component(), fault.end());
    }
    assertThat(overlaps).isGreaterThan(20);
    assertThat(faults).isSortedAccordingTo(Comparator.comparing(PlannedFault::at));
  }

  @Test
  void endsEveryFaultWithinItsDuration() {
    assertThat(plan(9, Duration.ofMinutes(5)).faults())
        .allMatch(fault -> fault.end().compareTo(Duration.ofMinutes(5)) <= 0);
  }

  @Test
  void hangsABridgeForLongerThanItsSlotsWait() {
    assertThat(plan(11, HALF_AN_HOUR).faults())
        .filteredOn(f -> f.kind() == FaultKind.HANG && f.component().startsWith("bridge-"))
        .isNotEmpty()
        .allMatch(fault -> fault.length().toSeconds() > 6);
  }

  @Test
  void gagsOnlyTheWorkerThatDeadLetters() {
    assertThat(plan(12, HALF_AN_HOUR).faults())
        .filteredOn(fault -> fault.kind() == FaultKind.GAG)
        .isNotEmpty()
        .allMatch(fault -> fault.component().equals("connect"));
  }

  @Test
  void cutsOnlyLinksThatThereAre() {
    assertThat(plan(13, HALF_AN_HOUR).faults())
        .filteredOn(fault -> fault.component().equals("connect") && fault.kind().isCut())
        .isNotEmpty()
        .allMatch(fault -> List.of("kafka", "postgres").containsAll(fault.cutFrom()));
  }

  private static FaultPlan plan(long seed, Duration duration) {
    return FaultPlan.of(seed, duration, 3, FaultPlan.Pace.LONG_RUN);
  }
}
