package dev.weir.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpEndpointsIT {

  private final Health health = new Health();
  private final Metrics metrics = new Metrics(health);
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<String> stuck = Optional.empty();
  private HttpEndpoints endpoints;

  @BeforeEach
  void open() throws IOException {
    endpoints = HttpEndpoints.open("127.0.0.1", 0, health, () -> stuck, metrics.registry());
  }

  @AfterEach
  void close() {
    endpoints.close();
    metrics.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + endpoints.port() + path);
  }

  @Test
  void readyListsEveryCheck() throws Exception {
    health.report("mqtt", true, "8 slots subscribed");
    health.report("kafka", false, "waiting for localhost:9092");
    HttpResponse<String> notReady = get("/ready");
    health.report("kafka", true, "connected");
    HttpResponse<String> ready = get("/ready");

    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body())
        .isEqualTo("not ready kafka: waiting for localhost:9092\nok mqtt: 8 slots subscribed\n");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).isEqualTo("ok kafka: connected\nok mqtt: 8 slots subscribed\n");
  }

  @Test
  void liveHoldsUntilTheServiceIsStuck() throws Exception {
    assertThat(get("/live").statusCode()).isEqualTo(200);

    stuck = Optional.of("slot 3 has not moved for 10m");

    assertThat(get("/live").statusCode()).isEqualTo(503);
    assertThat(get("/live").body()).isEqualTo("stuck: slot 3 has not moved for 10m\n");
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    metrics.registry().counter("weir.test.readings").increment(3);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(answer.body())
        .contains("weir_test_readings_total 3.0", "weir_ready 1.0", "jvm_memory_used_bytes{")
        .contains(
            "process_cpu_usage", "process_uptime_seconds", "jvm_gc_memory_allocated_bytes_total");
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/livelihood").statusCode()).isEqualTo(404);
    assertThat(send(HttpRequest.newBuilder(uri("/live")).DELETE().build()).statusCode())
        .isEqualTo(405);
    HttpRequest head =
        HttpRequest.newBuilder(uri("/live"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(send(head).statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortIsSaidPlainly() {
    int taken = endpoints.port();

    assertThatThrownBy(
            () -> HttpEndpoints.open("127.0.0.1", taken, health, () -> stuck, metrics.registry()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot serve HTTP on 127.0.0.1:%d (Address already in use); choose another address with --http-host and --http-port, 0 for any free port",
            taken);
  }

  @Test
  void clientsThatNeverFinishTheirRequestDoNotHoldTheOthers() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoints.port());
        socket.getOutputStream().write("GET /live HT".getBytes(US_ASCII));
        slow.add(socket);
      }
      assertThat(get("/live").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
