package dev.weir.cli.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.stack.ConnectRest;
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
 * passes by itself must never cause. Where the dead-letter topic refused its letters it must, and
 * is restarted here as an operator does once the topic is mended. One thread.
 */
final class ConnectorWatch {

  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUNNING = "RUNNING";
  private static final int TRACE_LINES = 3;
  private static final int OK = 200;

  /** What the sink says when it stops for a refused letter. */
  private static final String LETTER_REFUSED = "dead-letter queue refused a record";

  private final HttpRequest request;
  private final ConnectRest rest;
  private final DeadLetterTopic deadLetters;
  private final Journal journal;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  ConnectorWatch(URI connect, DeadLetterTopic deadLetters, Journal journal) {
    this.request =
        HttpRequest.newBuilder(connect.resolve("/connectors?expand=status"))
            .timeout(ANSWER)
            .build();
    this.rest = new ConnectRest(connect);
    this.deadLetters = deadLetters;
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

  private List<String> troubles(JsonNode connectors) throws IOException, InterruptedException {
    List<String> troubles = new ArrayList<>();
    if (connectors.isEmpty()) {
      troubles.add("there is no connector");
    }
    for (Map.Entry<String, JsonNode> entry : connectors.properties()) {
      JsonNode status = entry.getValue().path("status");
      look(entry.getKey(), entry.getKey(), status.path("connector"), troubles);
      if (status.path("tasks").isEmpty()) {
        troubles.add(entry.getKey() + " has no task");
      }
      for (JsonNode task : status.path("tasks")) {
        look(entry.getKey(), entry.getKey() + " task " + task.path("id").asText(), task, troubles);
      }
    }
    return troubles;
  }

  private void look(String connector, String name, JsonNode part, List<String> troubles)
      throws IOException, InterruptedException {
    String state = part.path("state").asText();
    if (state.equals(RUNNING)) {
      return;
    }
    troubles.add(name + " is " + state);
    if (!state.equals("FAILED")) {
      return;
    }
    String trace = part.path("trace").asText();
    if (!deadLetters.hasJustRefused() || !trace.contains(LETTER_REFUSED)) {
      journal.violation("%s has FAILED: %s".formatted(name, reason(trace)));
    } else if (!deadLetters.isRefusing()) {
      journal.say("  restarting %s, whose dead letters were refused".formatted(name));
      rest.restart(connector);
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
