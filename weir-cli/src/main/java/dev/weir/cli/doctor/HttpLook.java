package dev.weir.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads pages of one HTTP server. Any thread. */
final class HttpLook {

  private static final Duration DATE_RESOLUTION = Duration.ofSeconds(1);

  private final URI base;
  private final Duration limit;
  private final String authorization;
  private final HttpClient client;

  /**
   * For one server.
   *
   * @param authorization the header's value; empty for none
   */
  HttpLook(URI base, Duration limit, String authorization) {
    this.base = base;
    this.limit = limit;
    this.authorization = authorization;
    this.client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit).build();
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param body its text
   * @param clock how the server's clock differs, by the Date header; equal where there is none
   */
  record Page(int status, String body, ClockReading clock) {}

  Page get(String path, String accept) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(resolve(path)).timeout(limit).header("Accept", accept);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    Instant before = Instant.now();
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    Instant after = Instant.now();
    return new Page(response.statusCode(), response.body(), clock(response, before, after));
  }

  /** Appends, so that a server behind a path prefix is reached too. */
  private URI resolve(String path) {
    return URI.create(base.toString().replaceFirst("/+$", "") + path);
  }

  private static ClockReading clock(HttpResponse<?> response, Instant before, Instant after) {
    String date = response.headers().firstValue("Date").orElse("");
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return ClockReading.of(theirs, before, after, DATE_RESOLUTION);
    } catch (DateTimeException e) {
      return new ClockReading(Duration.ZERO, Duration.ZERO);
    }
  }
}
