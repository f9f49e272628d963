package dev.weir.cli.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at every connector and task: one that has FAILED waits for a person, which a fault that
 * passes by itself must never cause. One thread.
 */
final class ConnectorWatch {

  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUNNING = "RUNNING";
  private static final int TRACE_LINES = 3;
  private static final int OK = 200;

  private final HttpRequest request;
  private final Journal journal;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  ConnectorWatch(URI connect, Journal journal) {
    this.request =
        HttpRequest.newBuilder(connect.resolve("/connectors?expand=status"))
            .timeout(ANSWER)
            .build();
    this.journal = journal;
  }

  /** What is not running, in words; a FAILED one is a violation too. */
  List<String> look() throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == OK
          ? troubles(JSON.readTree(answer.body()))
          : List.of("Connect answers " + answer.statusCode());
    } catch (IOException e) {
      return List.of("Connect does not answer");
    }
  }

  private List<String> troubles(JsonNode connectors) {
    List<String> troubles = new ArrayList<>();
    if (connectors.isEmpty()) {
      troubles.add("there is no connector");
    }
    for (Map.Entry<String, JsonNode> entry : connectors.properties()) {
      JsonNode status = entry.getValue().path("status");
      look(entry.getKey(), status.path("connector"), troubles);
      if (status.path("tasks").isEmpty()) {
        troubles.add(entry.getKey() + " has no task");
      }
      for (JsonNode task : status.path("tasks")) {
        look(entry.getKey() + " task " + task.path("id").asText(), task, troubles);
      }
    }
    return troubles;
  }

  private void look(String name, JsonNode part, List<String> troubles) {
    String state = part.path("state").asText();
    if (state.equals(RUNNING)) {
      return;
    }
    troubles.add(name + " is " + state);
    if (state.equals("FAILED")) {
      journal.violation("%s has FAILED: %s".formatted(name, reason(part.path("trace").asText())));
    }
  }

  private static String reason(String trace) {
    List<String> lines =
        trace
            .lines()
            .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
            .limit(TRACE_LINES)
            .toList();
    return String.join(" ", lines);
  }
}
