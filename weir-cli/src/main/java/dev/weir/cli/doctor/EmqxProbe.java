package dev.weir.cli.doctor;

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
 * Asks EMQX 5's REST API, which only reads here: {@code GET /api/v5/clients/ID} for each slot, and
 * the zones' {@code force_shutdown} from {@code GET /api/v5/configs?key=zones}, or, where a zone
 * sets none, from {@code GET /api/v5/configs/global_zone}.
 */
final class EmqxProbe implements Patient.Probe<EmqxFacts> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v5";
  private static final String AS_JSON = "application/json";
  private static final String FORCE_SHUTDOWN = "force_shutdown";
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
    for (int slot = 0; slot < slots; slot++) {
      String clientId = bridgeName + "-" + slot;
      HttpLook.Page page = http.get(API + "/clients/" + clientId, AS_JSON);
      if (page.status() == NOT_FOUND) {
        missing.add(clientId);
      } else {
        sessions.add(Session.of(clientId, JSON.readTree(body(page))));
      }
    }
    return new EmqxFacts(sessions, missing, shutdowns(sessions));
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

  private Map<String, ForceShutdown> shutdowns(List<Session> sessions)
      throws IOException, InterruptedException {
    Optional<HoconBlock> zones = block("/configs?key=zones", "text/plain");
    Optional<HoconBlock> global = block("/configs/global_zone", AS_JSON);
    Map<String, ForceShutdown> shutdowns = new HashMap<>();
    for (Session session : sessions) {
      Optional<HoconBlock> own =
          zones
              .map(text -> text.block("zones").orElse(text))
              .flatMap(text -> text.block(session.zone()))
              .flatMap(zone -> zone.block(FORCE_SHUTDOWN));
      Optional<HoconBlock> inherited = global.flatMap(zone -> zone.block(FORCE_SHUTDOWN));
      shutdowns.put(session.zone(), shutdown(own, inherited));
    }
    return shutdowns;
  }

  /** The configuration may be closed to a key that may see clients. */
  private Optional<HoconBlock> block(String path, String accept)
      throws IOException, InterruptedException {
    HttpLook.Page page = http.get(API + path, accept);
    if (page.status() != 200) {
      return Optional.empty();
    }
    String text = page.body().strip();
    boolean braced = text.startsWith("{") && text.endsWith("}");
    return Optional.of(new HoconBlock(braced ? text.substring(1, text.length() - 1) : text));
  }

  /** What a zone does not set itself, it has from the global one. */
  private static ForceShutdown shutdown(Optional<HoconBlock> own, Optional<HoconBlock> inherited) {
    if (own.isEmpty() && inherited.isEmpty()) {
      return ForceShutdown.UNKNOWN;
    }
    return new ForceShutdown(
        true,
        !value(own, inherited, "enable").equals("false"),
        HoconBlock.size(value(own, inherited, "max_heap_size")),
        HoconBlock.size(value(own, inherited, "max_mailbox_size")));
  }

  private static String value(
      Optional<HoconBlock> own, Optional<HoconBlock> inherited, String name) {
    return own.flatMap(block -> block.value(name))
        .or(() -> inherited.flatMap(block -> block.value(name)))
        .orElse("");
  }
}
