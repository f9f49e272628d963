package dev.weir.runtime;

import java.util.Optional;

/**
 * The work of a process. Made by a {@link ServiceFactory}; {@link #start()} and {@link #close()}
 * are called once each and never at the same time; {@link #stuck()} at any time from other threads.
 */
public interface Service extends AutoCloseable {

  /**
   * Begins the work and returns, or throws if it never can. A server that cannot be reached is no
   * reason to throw: it is waited for, by threads of the service's own or here. Interrupted when
   * the process is to stop meanwhile.
   */
  void start() throws Exception;

  /**
   * Finishes what has been begun and stops. Also called after a {@link #start()} that failed or was
   * interrupted. Should take less than {@code shutdown.timeout}, after which the process ends
   * anyway.
   */
  @Override
  void close();

  /**
   * Why this process cannot go on and only a restart would help, if that is so. Being without a
   * server is not: that is readiness, which is reported to {@link Health}.
   */
  default Optional<String> stuck() {
    return Optional.empty();
  }
}
