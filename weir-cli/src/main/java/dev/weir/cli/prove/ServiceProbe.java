package dev.weir.cli.prove;

import dev.weir.stack.Component;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a service how it is; one that does not answer soon has no answer. Thread-safe. */
final class ServiceProbe {

  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  boolean isReady(Component service) throws InterruptedException {
    return get(service, "/ready").map(answer -> answer.statusCode() == OK).orElse(false);
  }

  Optional<ServiceMetrics> metrics(Component service) throws InterruptedException {
    return get(service, "/metrics").map(answer -> ServiceMetrics.parse(answer.body()));
  }

  private Optional<HttpResponse<String>> get(Component service, String path)
      throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(service.http().resolve(path)).timeout(ANSWER).build();
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
