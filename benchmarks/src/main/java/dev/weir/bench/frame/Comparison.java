package dev.weir.bench.frame;

import dev.weir.bench.frame.Measure.Side;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One line of a report: a ratio between variants, made round by round and so that only rounds that
 * lie next to each other in time are compared, or a plain figure.
 *
 * @param name what is compared, unique in its benchmark
 * @param subject what is judged
 * @param against how the others are put together
 * @param others what it is divided by; none for a plain figure
 */
public record Comparison(
    String name, Side subject, Against against, List<Side> others, Target target) {

  /** How several others become one number. */
  public enum Against {
    /** There is none: the figure itself counts. */
    NOTHING,
    /** Their sum. */
    SUM,
    /** The lowest of them. */
    LOWEST;

    double together(double one, double other) {
      return this == LOWEST ? Math.min(one, other) : one + other;
    }
  }

  /** A figure by itself. */
  public static Comparison figure(String name, Side subject, Target target) {
    return new Comparison(name, subject, Against.NOTHING, List.of(), target);
  }

  /** A ratio to another variant. */
  public static Comparison ratio(String name, Side subject, Side other, Target target) {
    return new Comparison(name, subject, Against.SUM, List.of(other), target);
  }

  /** A ratio to the lowest of several others. */
  public static Comparison toLowest(String name, Side subject, List<Side> others, Target target) {
    return new Comparison(name, subject, Against.LOWEST, others, target);
  }

  /** A ratio to the sum of several others. */
  public static Comparison toSum(String name, Side subject, List<Side> others, Target target) {
    return new Comparison(name, subject, Against.SUM, others, target);
  }

  /** The unit of what it yields. */
  public String unit() {
    return others.isEmpty() ? subject.measure().unit() : "×";
  }

  /**
   * The result over all rounds.
   *
   * @param rounds the figures of each variant, one per round
   */
  public Spread evaluate(Map<String, List<Figures>> rounds) {
    int count = figures(rounds, subject).size();
    return Spread.of(
        IntStream.range(0, count).mapToDouble(round -> evaluate(rounds, round)).toArray());
  }

  private double evaluate(Map<String, List<Figures>> rounds, int round) {
    double value = value(rounds, subject, round);
    return others.stream()
        .mapToDouble(side -> value(rounds, side, round))
        .reduce(against::together)
        .stream()
        .map(other -> value / other)
        .findFirst()
        .orElse(value);
  }

  private static double value(Map<String, List<Figures>> rounds, Side side, int round) {
    return side.measure().of().applyAsDouble(figures(rounds, side).get(round));
  }

  private static List<Figures> figures(Map<String, List<Figures>> rounds, Side side) {
    List<Figures> figures = rounds.get(side.variant());
    if (figures == null) {
      throw new IllegalArgumentException("no variant " + side.variant() + " was measured");
    }
    return figures;
  }
}
