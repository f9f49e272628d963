package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.stack.Component;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a bridge that runs as a process says of itself over HTTP. */
final class BridgePage {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MESSAGES = "weir_bridge_messages_";
  private static final String READINGS = "weir_bridge_readings_";

  /** Its counters at one moment. */
  record Metrics(String page) {

    /** The sum of all series whose name, with or without labels, begins like this. */
    double sum(String series) {
      return Pattern.compile("^" + Pattern.quote(series) + "[^ ]* (\\S+)$", Pattern.MULTILINE)
          .matcher(page)
          .results()
          .mapToDouble(match -> Double.parseDouble(match.group(1)))
          .sum();
    }
  }

  private final Component bridge;

  BridgePage(Component bridge) {
    this.bridge = bridge;
  }

  private String get(String path) {
    URI uri = bridge.http().resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // it does not run, or hangs
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String ready() {
    return get("/ready");
  }

  double metric(String series) {
    return new Metrics(get("/metrics")).sum(series);
  }

  double connected() {
    return metric("weir_bridge_slots_connected");
  }

  double inFlight() {
    return metric(MESSAGES + "in_flight");
  }

  double acknowledged() {
    return metric(MESSAGES + "acknowledged_total");
  }

  double epochsEnded() {
    return metric("weir_bridge_epochs_ended_total");
  }

  double epochsEnded(String cause) {
    return metric("weir_bridge_epochs_ended_total{cause=\"" + cause + "\"");
  }

  /** Waits until nothing is in flight, and asserts that all that came in is accounted for. */
  void assertBalanced() {
    await("the counters of " + bridge + " add up")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Metrics now = new Metrics(get("/metrics"));
              assertThat(now.sum(MESSAGES + "in_flight")).as("messages in flight").isZero();
              assertThat(now.sum(READINGS + "in_flight")).as("readings in flight").isZero();
              assertThat(now.sum(MESSAGES + "received_total"))
                  .as("messages received = acknowledged + abandoned")
                  .isEqualTo(
                      now.sum(MESSAGES + "acknowledged_total")
                          + now.sum(MESSAGES + "abandoned_total"));
              assertThat(now.sum(READINGS + "received_total"))
                  .as("readings received = produced + rejected + abandoned")
                  .isEqualTo(
                      now.sum(READINGS + "produced_total")
                          + now.sum(READINGS + "rejected_total")
                          + now.sum(READINGS + "abandoned_total"));
            });
  }
}
