package dev.weir.cli.prove;

import dev.weir.cli.verify.Outcome;
import java.io.PrintWriter;
import java.util.List;

/**
 * What a proof came to.
 *
 * @param outcome what became of the readings
 * @param alerts changes of episodes that stand in Kafka
 * @param table one line per kind of fault
 * @param faults how many were injected
 * @param restarts how often a component ended by itself and was started again
 * @param seed what the faults followed from
 * @param violations everything that must not have happened, in words
 */
public record ProofReport(
    Outcome outcome,
    long alerts,
    List<String> table,
    int faults,
    int restarts,
    long seed,
    List<String> violations) {

  /** Copies the lists. */
  public ProofReport {
    table = List.copyOf(table);
    violations = List.copyOf(violations);
  }

  /** Whether the promise was kept. */
  public boolean isKept() {
    return outcome.isComplete() && violations.isEmpty();
  }

  /** Prints all of it. */
  public void print(PrintWriter out) {
    out.println();
    table.forEach(out::println);
    out.println();
    violations.forEach(violation -> out.println("VIOLATION  " + violation));
    out.println(outcome.line(alerts));
    out.printf(
        "prove: seed=%d faults=%d ended_by_themselves=%d violations=%d%n",
        seed, faults, restarts, violations.size());
    out.flush();
  }
}
