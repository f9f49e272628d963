package dev.weir.cli.doctor;

import java.util.List;
import java.util.function.Function;

/**
 * One thing the doctor looks at: a pure judgement of what was seen at a server.
 *
 * @param id its name in reports, as {@code server.subject}
 * @param title what holds where nothing is found
 * @param judge finds what does not hold
 * @param <F> what was seen
 */
record Check<F>(String id, String title, Function<F, List<Finding>> judge) {

  Verdict on(F facts) {
    return new Verdict(id, title, judge.apply(facts));
  }
}
