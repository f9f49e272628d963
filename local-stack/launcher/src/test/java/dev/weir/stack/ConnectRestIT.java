package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a worker that gives the answers it is told to. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConnectRestIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private record Answer(int status, String body) {}

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private HttpServer worker;
  private ConnectRest rest;

  @BeforeEach
  void startWorker() throws IOException {
    worker = HttpServer.create(Ports.address(0), 0);
    worker.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          authorizations.addAll(
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          Answer answer = answers.remove();
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    worker.start();
    rest = new ConnectRest(worker());
  }

  private URI worker() {
    return URI.create("http://127.0.0.1:" + worker.getAddress().getPort());
  }

  @AfterEach
  void stopWorker() {
    worker.stop(0);
  }

  @Test
  void putsTheConfiguration_withOrWithoutItsEnvelope() throws Exception {
    answer(201, "{}");
    answer(200, "{}");
    rest.apply("a", "{\"x\": \"1\"}");
    rest.apply("b c", "{\"name\": \"b\", \"config\": {\"x\": \"1\"}}");

    assertThat(requests)
        .containsExactly(
            "PUT /connectors/a/config {\"x\": \"1\"}",
            "PUT /connectors/b%20c/config {\"x\":\"1\"}");
  }

  @Test
  void leavesAConnectorAlone_thatIsAsDeclared() throws Exception {
    answer(404, "{\"message\": \"not found\"}");
    answer(201, "{}");
    answer(200, "{\"name\": \"a\", \"x\": \"1\"}");
    answer(200, "{\"name\": \"a\", \"x\": \"2\"}");
    answer(200, "{}");

    assertThat(rest.applyIfChanged("a", "{\"x\": \"1\"}")).isTrue();
    assertThat(rest.applyIfChanged("a", "{\"x\": \"1\"}")).isFalse();
    assertThat(rest.applyIfChanged("a", "{\"x\": \"1\"}")).isTrue();
    assertThat(requests).filteredOn(request -> request.startsWith("PUT")).hasSize(2);
  }

  @Test
  void saysWhoAsks() throws Exception {
    answer(200, "[]");
    new ConnectRest(worker(), "weir:secret").list();

    assertThat(authorizations).containsExactly("Basic d2VpcjpzZWNyZXQ=");
  }

  @Test
  void triesAgainWhileTheWorkersRebalance() throws Exception {
    answer(409, "{\"message\": \"rebalance\"}");
    answer(500, "{\"message\": \"Request cannot be completed because a rebalance is expected\"}");
    answer(200, "[\"a\"]");

    assertThat(rest.list()).containsExactly("a");
  }

  @Test
  void saysWhatConnectRefused() {
    answer(400, "{\"message\": \"tasks.max is missing\"}");

    assertThatThrownBy(() -> rest.apply("a", "{}"))
        .isInstanceOf(ConnectRest.RefusedException.class)
        .hasMessageContaining("PUT /connectors/a/config")
        .hasMessageContaining("tasks.max is missing");
  }

  @Test
  void waitsUntilConnectorAndTaskRun() throws Exception {
    answer(404, "{}");
    answer(200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}");
    answer(200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"state\":\"UNASSIGNED\"}]}");
    answer(200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"state\":\"RUNNING\"}]}");

    rest.awaitRunning("a", LIMIT);

    assertThat(requests).hasSize(4);
  }

  @Test
  void tellsWhatSomebodyHasPaused() throws Exception {
    answer(404, "{}");
    answer(200, "{\"connector\":{\"state\":\"PAUSED\"},\"tasks\":[]}");

    assertThat(rest.isHalted("a")).isFalse();
    assertThat(rest.isHalted("a")).isTrue();
  }

  @Test
  void quotesTheReasonOfAFailedTask() {
    answer(
        200,
        "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"state\":\"FAILED\","
            + "\"trace\":\"ConnectException: no such table\\n\\tat A.b(A.java)\"}]}");

    assertThatThrownBy(() -> rest.awaitRunning("a", LIMIT))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("connector a has failed")
        .hasMessageContaining("no such table")
        .hasMessageNotContaining("A.java");
  }

  private void answer(int status, String body) {
    answers.add(new Answer(status, body));
  }
}
