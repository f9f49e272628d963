package dev.weir.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /live}, {@code /ready} and {@code /metrics} on daemon threads of its own. */
final class HttpEndpoints implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpEndpoints.class);
  private static final int BACKLOG = 50;
  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService executor;
  private final Health health;
  private final Supplier<Optional<String>> stuck;
  private final PrometheusMeterRegistry metrics;

  private HttpEndpoints(
      HttpServer server,
      Health health,
      Supplier<Optional<String>> stuck,
      PrometheusMeterRegistry metrics) {
    this.server = server;
    this.health = health;
    this.stuck = stuck;
    this.metrics = metrics;
    this.executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "http");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens the port and serves.
   *
   * @throws IOException if the port cannot be had, with a message for the person who chose it
   */
  static HttpEndpoints open(
      String host,
      int port,
      Health health,
      Supplier<Optional<String>> stuck,
      PrometheusMeterRegistry metrics)
      throws IOException {
    // A client that sends half a request must not hold one of the threads for ever (seconds).
    setUnlessGiven("sun.net.httpserver.maxReqTime", "5");
    setUnlessGiven("sun.net.httpserver.maxRspTime", "10");
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    HttpServer server;
    try {
      InetAddress address = InetAddress.getByName(host);
      server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "cannot serve HTTP on %s:%d (%s); choose another address with --http-host and --http-port, 0 for any free port"
              .formatted(
                  host, port, e instanceof UnknownHostException ? "no such host" : e.getMessage()),
          e);
    }
    HttpEndpoints endpoints = new HttpEndpoints(server, health, stuck, metrics);
    server.setExecutor(endpoints.executor);
    server.createContext("/", endpoints::handle);
    server.start();
    return endpoints;
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The port in use, also when 0 was asked for. */
  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      boolean bodyless = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : body.length);
      if (!bodyless) {
        exchange.getResponseBody().write(body);
      }
    } catch (RuntimeException e) {
      log.warn("cannot answer {}", exchange.getRequestURI(), e);
    }
  }

  private Answer answer(String method, String path) {
    if (!List.of("GET", "HEAD").contains(method)) {
      return Answer.text(405, "only GET is answered\n");
    }
    return switch (path) {
      case "/live" ->
          stuck
              .get()
              .map(reason -> Answer.text(503, "stuck: " + reason + "\n"))
              .orElse(Answer.text(200, "ok\n"));
      case "/ready" -> ready(health.checks());
      case "/metrics" ->
          new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
      default -> Answer.text(404, "try /live, /ready or /metrics\n");
    };
  }

  private static Answer ready(List<Health.Check> checks) {
    int status = checks.stream().allMatch(Health.Check::ok) ? 200 : 503;
    return Answer.text(
        status, checks.stream().map(check -> check + "\n").collect(Collectors.joining()));
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private record Answer(int status, String type, String body) {

    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body);
    }
  }
}
