package dev.weir.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * What the runtime has for a service.
 *
 * @param settings all values, checked
 * @param metrics where the service registers its meters
 * @param health where the service says whether it is ready
 * @param onFatal takes what {@link #fatal} is given
 */
public record ServiceContext(
    Settings settings, MeterRegistry metrics, Health health, Consumer<Throwable> onFatal) {

  /**
   * Ends the process with exit code 1, after closing the service in bounded time. Returns at once;
   * may be called by any thread, more than once.
   */
  public void fatal(Throwable cause) {
    onFatal.accept(cause);
  }
}
