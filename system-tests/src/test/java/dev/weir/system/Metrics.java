package dev.weir.system;

import dev.weir.stack.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a service's {@code /metrics} says.
 *
 * @param values by name, labels left out and summed up
 */
record Metrics(Map<String, Double> values) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Reads them now. */
  static Metrics of(Component service) {
    HttpRequest request = HttpRequest.newBuilder(service.http().resolve("/metrics")).build();
    try {
      String text = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new Metrics(
          text.lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .collect(
                  Collectors.toMap(
                      line -> line.substring(0, line.lastIndexOf(' ')).replaceFirst("\\{.*", ""),
                      line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                      Double::sum)));
    } catch (IOException e) {
      throw new UncheckedIOException(service.name() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The sum of a metric over its labels; 0 where there is none. */
  double value(String name) {
    return values.getOrDefault(name, 0.0);
  }
}
