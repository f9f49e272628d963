package dev.weir.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a service, waits until it is to end, and closes it in bounded time. {@link #run} is called
 * once, by the main thread; the end is brought about by any other.
 */
final class Lifecycle {

  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);
  private static final String CHECK = "service";

  /** What the process may take beyond the service's own time to stop. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final ServiceDefinition definition;
  private final Settings settings;
  private final Duration shutdownTimeout;
  private final Health health = new Health();
  private final AtomicInteger exitCode = new AtomicInteger(ServiceMain.STOPPED);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Service service;

  Lifecycle(ServiceDefinition definition, Settings settings) {
    this.definition = definition;
    this.settings = settings;
    this.shutdownTimeout = settings.get(CommonSettings.SHUTDOWN_TIMEOUT);
  }

  /** Runs the service to its end; answers the process's exit code. */
  int run() {
    health.report(CHECK, false, "starting");
    Thread hook = new Thread(this::stopOnRequest, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> fatal(e));
    try (Metrics metrics = new Metrics(health);
        HttpEndpoints http = openHttp(metrics)) {
      log.info("serving http port={} paths=/live,/ready,/metrics", http.port());
      serve(metrics);
    } catch (IOException | RuntimeException e) {
      failedToStart(e);
    } catch (InterruptedException e) {
      fatal(e);
    }
    log.info("{} ended exit={}", definition.name(), exitCode.get());
    ended.countDown();
    removeHook(hook);
    return exitCode.get();
  }

  private HttpEndpoints openHttp(Metrics metrics) throws IOException {
    return HttpEndpoints.open(
        settings.get(CommonSettings.HTTP_HOST),
        settings.get(CommonSettings.httpPort(0)),
        health,
        this::stuck,
        metrics.registry());
  }

  private Optional<String> stuck() {
    Service current = service;
    return current == null ? Optional.empty() : current.stuck();
  }

  private void serve(Metrics metrics) throws InterruptedException {
    ServiceContext context = new ServiceContext(settings, metrics.registry(), health, this::fatal);
    Thread starter = new Thread(() -> start(context), "start");
    starter.start();
    ending.await();
    Thread closer = new Thread(() -> close(starter), "close");
    closer.setDaemon(true);
    closer.start();
    closer.join(shutdownTimeout.toMillis());
    if (closer.isAlive()) {
      log.warn(
          "{} did not stop within shutdown.timeout={}; ending all the same",
          definition.name(),
          Durations.format(shutdownTimeout));
      endWith(ServiceMain.FAILED);
    }
  }

  /** On the start thread. */
  private void start(ServiceContext context) {
    try {
      Service created = definition.factory().create(context);
      service = created;
      created.start();
      if (ending.getCount() > 0) {
        health.report(CHECK, true, "started");
        log.info("{} started", definition.name());
      }
    } catch (Throwable e) {
      if (ending.getCount() > 0) {
        failedToStart(e);
      } else {
        log.debug("start given up", e);
      }
    }
  }

  /** On the close thread. */
  private void close(Thread starter) {
    try {
      if (starter.isAlive()) {
        starter.interrupt();
        starter.join();
      }
      health.report(CHECK, false, "stopping");
      Service current = service;
      if (current != null) {
        log.info("{} stopping", definition.name());
        current.close();
      }
    } catch (Throwable e) {
      log.error("{} did not stop cleanly", definition.name(), e);
      endWith(ServiceMain.FAILED);
    }
  }

  private void failedToStart(Throwable e) {
    log.error("{} could not start: {}", definition.name(), PlainWords.of(e));
    log.debug("could not start", e);
    endWith(ServiceMain.NOT_STARTED);
  }

  private void fatal(Throwable e) {
    try {
      log.error("{} cannot go on: {}", definition.name(), PlainWords.of(e), e);
    } finally {
      endWith(ServiceMain.FAILED); // also when there is no memory left to say so
    }
  }

  /** Ends the process; the first code that says failure stands. */
  private void endWith(int code) {
    exitCode.compareAndSet(ServiceMain.STOPPED, code);
    ending.countDown();
  }

  /**
   * The JVM's shutdown hook: SIGTERM or Ctrl-C. The JVM goes down when its hooks are through, so
   * this one waits for the drain; and it would then answer 143 for a SIGTERM, which supervisors
   * count as a failure, so this one ends the process itself.
   */
  private void stopOnRequest() {
    endWith(ServiceMain.STOPPED);
    try {
      if (!ended.await(shutdownTimeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)) {
        exitCode.compareAndSet(ServiceMain.STOPPED, ServiceMain.FAILED);
      }
    } catch (InterruptedException e) {
      exitCode.compareAndSet(ServiceMain.STOPPED, ServiceMain.FAILED);
    }
    Runtime.getRuntime().halt(exitCode.get());
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.trace("the hook is running", e);
    }
  }
}
