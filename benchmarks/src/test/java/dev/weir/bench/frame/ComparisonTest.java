package dev.weir.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bench.frame.Measure.Side;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Map<String, List<Figures>> ROUNDS =
      Map.of(
          "ours", List.of(perSecond(80), perSecond(50), perSecond(300)),
          "limit", List.of(perSecond(100), perSecond(50), perSecond(200)),
          "other", List.of(perSecond(400), perSecond(25), perSecond(400)));

  private static Figures perSecond(long operations) {
    return Figures.of(operations, 1)
        .with(List.of(new ProcessFigures("it", operations / 1e6, 10 * 1024 * 1024)));
  }

  private static Side throughput(String variant) {
    return Measure.throughput().of(variant);
  }

  @Test
  void takesTheMedianOfTheRatiosOfEachRound() {
    Comparison ratio =
        Comparison.ratio("r", throughput("ours"), throughput("limit"), Target.atLeast(1));
    assertThat(ratio.evaluate(ROUNDS)).isEqualTo(new Spread(1.0, 0.8, 1.5));
    assertThat(ratio.unit()).isEqualTo("×");
  }

  @Test
  void dividesByTheLowestOfSeveral() {
    Comparison lowest =
        Comparison.toLowest(
            "l",
            throughput("ours"),
            List.of(throughput("limit"), throughput("other")),
            Target.higher());
    assertThat(lowest.evaluate(ROUNDS)).isEqualTo(new Spread(1.5, 0.8, 2.0));
  }

  @Test
  void dividesByTheSumOfSeveral() {
    Comparison sum =
        Comparison.toSum(
            "s",
            throughput("ours"),
            List.of(throughput("limit"), throughput("other")),
            Target.lower());
    assertThat(sum.evaluate(ROUNDS)).isEqualTo(new Spread(0.5, 0.16, 50 / 75.0));
  }

  @Test
  void takesAPlainFigureAsItIs() {
    Comparison figure =
        Comparison.figure("f", Measure.peakMemory("it").of("ours"), Target.atMost(10));
    assertThat(figure.evaluate(ROUNDS)).isEqualTo(new Spread(10, 10, 10));
    assertThat(figure.unit()).isEqualTo("MiB");
  }

  @Test
  void readsEveryMeasure() {
    assertThat(Measure.cpu("it").of().applyAsDouble(perSecond(80))).isEqualTo(1.0);
    assertThat(Measure.other("x", "s").of().applyAsDouble(perSecond(80).with("x", 7))).isEqualTo(7);
    assertThatThrownBy(() -> Measure.latency(99).of().applyAsDouble(perSecond(80)))
        .hasMessageContaining("no latencies");
  }

  @Test
  void saysWhichVariantWasNotMeasured() {
    Comparison ratio = Comparison.figure("r", throughput("nobody"), Target.higher());
    assertThatThrownBy(() -> ratio.evaluate(ROUNDS)).hasMessageContaining("nobody");
  }

  @Test
  void takesTheMeanOfTheTwoMiddleOnes() {
    assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
    assertThatThrownBy(Spread::of).hasMessageContaining("no values");
  }

  @Test
  void refusesARoundInWhichNothingWasMeasured() {
    assertThatThrownBy(() -> Figures.of(0, 1)).hasMessageContaining("nothing was measured");
    assertThatThrownBy(() -> Figures.of(1, 0)).hasMessageContaining("nothing was measured");
  }

  @Test
  void knowsWhetherATargetIsReached() {
    assertThat(Target.atLeast(0.85).reachedBy(0.85)).isTrue();
    assertThat(Target.atLeast(0.85).reachedBy(0.84)).isFalse();
    assertThat(Target.atMost(250).reachedBy(251)).isFalse();
    assertThat(Target.lower().reachedBy(1e9)).isTrue();
    assertThat(Target.atMost(250)).hasToString("≤ 250");
  }
}
