package dev.weir.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.doctor.ConnectFacts.Connector;
import dev.weir.cli.doctor.ConnectFacts.Task;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a Connect worker for all connectors, their configuration and their state. */
final class ConnectProbe implements Patient.Probe<ConnectFacts> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpLook http;

  ConnectProbe(URI connect, Duration limit) {
    this.http = new HttpLook(connect, limit, "");
  }

  @Override
  public ConnectFacts look() throws IOException, InterruptedException {
    HttpLook.Page page = http.get("/connectors?expand=info&expand=status", "application/json");
    if (page.status() != 200) {
      throw new IOException(
          "HTTP %d: %s".formatted(page.status(), PlainWords.firstLine(page.body())));
    }
    List<Connector> connectors = new ArrayList<>();
    for (JsonNode connector : JSON.readTree(page.body())) {
      connectors.add(connector(connector.path("info"), connector.path("status")));
    }
    return new ConnectFacts(connectors, page.clock());
  }

  private static Connector connector(JsonNode info, JsonNode status) {
    Map<String, String> settings = new HashMap<>();
    info.path("config")
        .properties()
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : status.path("tasks")) {
      tasks.add(new Task(task.path("id").asInt(), task.path("state").asText(), trace(task)));
    }
    JsonNode own = status.path("connector");
    return new Connector(
        info.path("name").asText(status.path("name").asText()),
        !info.path("type").asText().equals("source"),
        own.path("state").asText(),
        trace(own),
        tasks,
        settings);
  }

  /** The cause stands in the last "Caused by", where there is one. */
  private static String trace(JsonNode failed) {
    String trace = failed.path("trace").asText();
    String cause = "Caused by: ";
    return trace
        .lines()
        .filter(line -> line.startsWith(cause))
        .reduce((first, second) -> second)
        .map(line -> line.substring(cause.length()))
        .orElse(PlainWords.firstLine(trace));
  }
}
