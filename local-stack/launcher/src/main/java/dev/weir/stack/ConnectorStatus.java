package dev.weir.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a connector is doing, as Connect's REST interface says.
 *
 * @param state the connector's own: {@code RUNNING}, {@code PAUSED}, {@code FAILED} …
 * @param tasks its tasks
 */
public record ConnectorStatus(String state, List<Task> tasks) {

  private static final String RUNNING = "RUNNING";

  /**
   * One task of a connector.
   *
   * @param id its number, from 0
   * @param state {@code RUNNING}, {@code PAUSED}, {@code FAILED} …
   * @param worker where it runs
   * @param trace why it failed; empty where it did not
   */
  public record Task(int id, String state, String worker, String trace) {}

  /** Reads the answer of {@code GET /connectors/NAME/status}. */
  public static ConnectorStatus of(JsonNode answer) {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : answer.path("tasks")) {
      tasks.add(
          new Task(
              task.path("id").asInt(),
              task.path("state").asText(),
              task.path("worker_id").asText(),
              task.path("trace").asText()));
    }
    return new ConnectorStatus(answer.path("connector").path("state").asText(), tasks);
  }

  /** Whether the connector, and at least one task and all of them, run. */
  public boolean isRunning() {
    return state.equals(RUNNING)
        && !tasks.isEmpty()
        && tasks.stream().allMatch(task -> task.state().equals(RUNNING));
  }
}
