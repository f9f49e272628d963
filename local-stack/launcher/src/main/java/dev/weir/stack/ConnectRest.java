package dev.weir.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Kafka Connect's own REST interface: nothing here that {@code curl} could not do. Requests refused
 * because the workers are rebalancing are repeated. Safe for use by several threads.
 */
public final class ConnectRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_LIMIT = Duration.ofMinutes(1);
  private static final Duration BUSY_LIMIT = Duration.ofMinutes(1);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Set<String> HALTED = Set.of("PAUSED", "STOPPED");
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  private final URI worker;
  private final String credentials;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Speaks to the worker at this address, such as {@code http://127.0.0.1:8083}. */
  public ConnectRest(URI worker) {
    this(worker, "");
  }

  /**
   * Speaks to a worker that asks who speaks.
   *
   * @param credentials {@code name:password}; empty for none
   */
  public ConnectRest(URI worker, String credentials) {
    this.worker = worker;
    this.credentials = credentials;
  }

  /** An answer that was not a success. */
  public static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /** The names of all connectors. */
  public List<String> list() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    send("GET", "/connectors", "").forEach(name -> names.add(name.asText()));
    return names;
  }

  /**
   * Creates the connector or changes it to this configuration.
   *
   * @param json the configuration object, or {@code {"name": …, "config": {…}}} around it
   */
  public void apply(String name, String json) throws IOException, InterruptedException {
    send("PUT", path(name) + "/config", configuration(json));
  }

  /**
   * Like {@link #apply}, but leaves a connector alone that is so already: Connect would restart it.
   *
   * @return whether it was created or changed
   */
  public boolean applyIfChanged(String name, String json) throws IOException, InterruptedException {
    ObjectNode wanted = ((ObjectNode) JSON.readTree(configuration(json))).put("name", name);
    if (wanted.equals(configurationOrMissing(name))) {
      return false;
    }
    apply(name, json);
    return true;
  }

  private JsonNode configurationOrMissing(String name) throws IOException, InterruptedException {
    try {
      return send("GET", path(name) + "/config", "");
    } catch (RefusedException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return MissingNode.getInstance();
    }
  }

  private static String configuration(String json) throws JsonProcessingException {
    JsonNode parsed = JSON.readTree(json);
    return parsed.path("config").isObject() ? parsed.get("config").toString() : json;
  }

  /** The connector's status as Connect gives it: {@code connector.state}, {@code tasks[].state}. */
  public JsonNode status(String name) throws IOException, InterruptedException {
    return send("GET", path(name) + "/status", "");
  }

  /** Stops fetching until resumed; the tasks stay. */
  public void pause(String name) throws IOException, InterruptedException {
    send("PUT", path(name) + "/pause", "");
  }

  /** Ends a {@link #pause}. */
  public void resume(String name) throws IOException, InterruptedException {
    send("PUT", path(name) + "/resume", "");
  }

  /** Restarts the connector and all its tasks. */
  public void restart(String name) throws IOException, InterruptedException {
    send("POST", path(name) + "/restart?includeTasks=true", "");
  }

  /** Removes the connector; its offsets stay. */
  public void delete(String name) throws IOException, InterruptedException {
    send("DELETE", path(name), "");
  }

  /** Whether somebody has paused or stopped the connector. */
  public boolean isHalted(String name) throws IOException, InterruptedException {
    return HALTED.contains(states(statusOrMissing(name)).get(0));
  }

  /** Waits until the connector and at least one task run; fails as soon as one has FAILED. */
  public void awaitRunning(String name, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      JsonNode status = statusOrMissing(name);
      List<String> states = states(status);
      if (states.contains("FAILED")) {
        throw new StackException("The connector %s has failed: %s".formatted(name, trace(status)));
      }
      if (states.size() > 1 && states.stream().allMatch("RUNNING"::equals)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "The connector %s was not running within %d s: %s"
                .formatted(name, limit.toSeconds(), status));
      }
      Pause.of(BETWEEN_TRIES);
    }
  }

  private JsonNode statusOrMissing(String name) throws IOException, InterruptedException {
    try {
      return status(name);
    } catch (RefusedException e) {
      return MissingNode.getInstance(); // not known to this worker yet
    }
  }

  private static List<String> states(JsonNode status) {
    List<String> states = new ArrayList<>();
    states.add(status.path("connector").path("state").asText());
    status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
    return states;
  }

  private static String trace(JsonNode status) {
    String own = status.path("connector").path("trace").asText();
    StringBuilder traces = new StringBuilder(own);
    status.path("tasks").forEach(task -> traces.append(task.path("trace").asText()));
    return traces
        .toString()
        .lines()
        .filter(line -> !line.startsWith("\tat "))
        .limit(4)
        .toList()
        .toString();
  }

  private static String path(String name) {
    return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(worker.resolve(path))
            .timeout(REQUEST_LIMIT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!credentials.isEmpty()) {
      byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
      builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    HttpRequest request = builder.build();
    long deadline = System.nanoTime() + BUSY_LIMIT.toNanos();
    while (true) {
      HttpResponse<String> response = answer(request);
      if (response.statusCode() < 300) {
        return response.body().isBlank()
            ? MissingNode.getInstance()
            : JSON.readTree(response.body());
      }
      if (!isBusy(response) || System.nanoTime() > deadline) {
        throw new RefusedException(
            response.statusCode(),
            "Connect answered %s %s with %d: %s"
                .formatted(method, path, response.statusCode(), response.body()));
      }
      Pause.of(BETWEEN_TRIES);
    }
  }

  /** Some requests are refused as a conflict while the workers rebalance, others as an error. */
  private static boolean isBusy(HttpResponse<String> response) {
    return response.statusCode() == CONFLICT
        || (response.statusCode() == SERVER_ERROR && response.body().contains("rebalance"));
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException("Kafka Connect cannot be reached at " + worker, e); // e says nothing
    }
  }
}
