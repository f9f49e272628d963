package dev.weir.cli.doctor;

import java.util.List;

/**
 * A server to be examined.
 *
 * @param server what it is
 * @param address where it is, fit to be shown
 * @param probe how it is looked at
 * @param checks what is judged
 * @param <F> what is seen
 */
record Patient<F>(Server server, String address, Probe<F> probe, List<Check<F>> checks) {

  /** Looks at a server and judges nothing. */
  @FunctionalInterface
  interface Probe<F> {

    /**
     * What is seen.
     *
     * @throws Exception where the server cannot be reached or does not answer
     */
    F look() throws Exception;
  }

  Examination examine() throws InterruptedException {
    F facts;
    try {
      facts = probe.look();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Examination.unreachable(server, address, PlainWords.of(e));
    }
    return new Examination(
        server, address, checks.stream().map(check -> check.on(facts)).toList(), "");
  }
}
