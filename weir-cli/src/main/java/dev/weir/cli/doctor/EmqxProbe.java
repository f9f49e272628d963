package dev.weir.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.doctor.EmqxFacts.ForceShutdown;
import dev.weir.cli.doctor.EmqxFacts.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks EMQX 5's REST API, which only reads here: {@code GET /api/v5/clients/ID} for each slot,
 * {@code GET /api/v5/listeners/ID} for the zone of the listener that the client came in by, and
 * {@code GET /api/v5/configs/global_zone} for {@code force_shutdown} of the zone "default". What
 * another zone sets the API of 5.8 does not show: {@code zones} is one of its hidden roots.
 */
final class EmqxProbe implements Patient.Probe<EmqxFacts> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v5";
  private static final int NOT_FOUND = 404;

  private final HttpLook http;
  private final String bridgeName;
  private final int slots;

  EmqxProbe(URI api, String key, String bridgeName, int slots, Duration limit) {
    String credentials = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    this.http = new HttpLook(api, limit, "Basic " + credentials);
    this.bridgeName = bridgeName;
    this.slots = slots;
  }

  @Override
  public EmqxFacts look() throws IOException, InterruptedException {
    List<Session> sessions = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> zones = new HashMap<>();
    for (int slot = 0; slot < slots; slot++) {
      String clientId = bridgeName + "-" + slot;
      HttpLook.Page page = get("/clients/" + clientId);
      if (page.status() == NOT_FOUND) {
        missing.add(clientId);
      } else {
        JsonNode client = JSON.readTree(body(page));
        sessions.add(Session.of(clientId, zone(client.path("listener").asText(), zones), client));
      }
    }
    return new EmqxFacts(sessions, missing, shutdowns(sessions));
  }

  private HttpLook.Page get(String path) throws IOException, InterruptedException {
    return http.get(API + path, "application/json");
  }

  private static String body(HttpLook.Page page) throws IOException {
    if (page.status() == 401 || page.status() == 403) {
      throw new IOException("the API key is refused (HTTP " + page.status() + ")");
    }
    if (page.status() != 200) {
      throw new IOException(
          "HTTP %d: %s".formatted(page.status(), PlainWords.firstLine(page.body())));
    }
    return page.body();
  }

  /** Of a client's listener, which a key that may see clients need not be allowed to see. */
  private String zone(String listener, Map<String, String> known)
      throws IOException, InterruptedException {
    String zone = known.get(listener);
    if (zone == null) {
      zone = seen("/listeners/" + listener).map(l -> l.path("zone").asText()).orElse("");
      known.put(listener, zone);
    }
    return zone;
  }

  private Map<String, ForceShutdown> shutdowns(List<Session> sessions)
      throws IOException, InterruptedException {
    Map<String, ForceShutdown> shutdowns = new HashMap<>();
    for (Session session : sessions) {
      shutdowns.put(session.zone(), ForceShutdown.UNKNOWN);
    }
    if (shutdowns.containsKey(Session.DEFAULT_ZONE)) {
      seen("/configs/global_zone")
          .map(zone -> zone.path("force_shutdown"))
          .filter(JsonNode::isObject)
          .ifPresent(limits -> shutdowns.put(Session.DEFAULT_ZONE, ForceShutdown.of(limits)));
    }
    return shutdowns;
  }

  private Optional<JsonNode> seen(String path) throws IOException, InterruptedException {
    HttpLook.Page page = get(path);
    return page.status() == 200 ? Optional.of(JSON.readTree(page.body())) : Optional.empty();
  }
}
