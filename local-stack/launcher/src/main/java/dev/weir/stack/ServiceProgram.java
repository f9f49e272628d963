package dev.weir.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of Weir's own services, set by environment variables; ready when {@code /ready} says so.
 *
 * @param java its library folder, heap and main class
 */
record ServiceProgram(
    String name,
    JavaProgram java,
    Distribution distribution,
    int httpPort,
    Map<String, String> environment)
    implements Program {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PROBE_LIMIT)
          .build();

  @Override
  public List<String> command(Path temporary) {
    return java.command(distribution, temporary, List.of());
  }

  @Override
  public Optional<URI> http() {
    return Optional.of(URI.create("http://%s:%d".formatted(Ports.HOST, httpPort)));
  }

  @Override
  public boolean isReady() throws Exception {
    URI ready = http().orElseThrow().resolve("/ready");
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(PROBE_LIMIT).build();
    return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }
}
