/**
 * What every Weir service needs around its work: settings, lifecycle, health and metrics.
 *
 * <p>A service's main is one line, {@code System.exit(ServiceMain.run(definition, args))}. What
 * happens then, in this order:
 *
 * <ol>
 *   <li>Settings are read and checked ({@link dev.weir.runtime.Settings}). All problems are printed
 *       at once and the process ends with 2.
 *   <li>The HTTP endpoints open; {@code /ready} answers 503 from here on until all checks hold.
 *   <li>The service is created and {@code start()} runs, on a thread of its own that is interrupted
 *       if the process is asked to stop meanwhile. What it throws ends the process with 3.
 *   <li>The main thread waits for SIGTERM or {@link dev.weir.runtime.ServiceContext#fatal}; an
 *       exception that no thread caught is fatal too.
 *   <li>{@code close()} runs once, on another thread, after {@code start()} has come back, and also
 *       when that failed. It has {@code shutdown.timeout}; then the process ends in any case.
 *   <li>The HTTP endpoints close last, so that a draining service still shows its metrics.
 * </ol>
 */
@NullMarked
package dev.weir.runtime;

import org.jspecify.annotations.NullMarked;
