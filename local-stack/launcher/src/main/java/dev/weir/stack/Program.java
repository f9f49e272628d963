package dev.weir.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one {@link Component} runs: how it is started, recognised as ready and ended. Nothing here
 * knows about processes. {@link #prepare()} runs before every start, on the starting thread.
 */
interface Program {

  String name();

  /** Writes settings and whatever else must be there before the program starts. */
  default void prepare() throws IOException {}

  /**
   * What is executed.
   *
   * @param temporary an empty folder for what the program need not find again
   */
  List<String> command(Path temporary);

  default Map<String, String> environment() {
    return Map.of();
  }

  /** One quick check over the program's own protocol; an exception means no. */
  boolean isReady() throws Exception;

  /** The signal that asks it to stop cleanly. */
  default String stopSignal() {
    return "TERM";
  }

  /** The signal that ends it for certain, with all processes it started. */
  default String endSignal() {
    return "KILL";
  }

  /** Where its {@code /ready} and {@code /metrics} are, for the services. */
  default Optional<URI> http() {
    return Optional.empty();
  }
}
