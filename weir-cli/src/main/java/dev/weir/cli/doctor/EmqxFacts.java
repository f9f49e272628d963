package dev.weir.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What EMQX's API tells of the bridge's sessions and their zones.
 *
 * @param sessions the slots' sessions
 * @param missing client ids of slots that have no session
 * @param shutdowns by zone, when EMQX kills a session: {@code force_shutdown}
 */
record EmqxFacts(
    List<Session> sessions, List<String> missing, Map<String, ForceShutdown> shutdowns) {

  EmqxFacts {
    sessions = List.copyOf(sessions);
    missing = List.copyOf(missing);
    shutdowns = Map.copyOf(shutdowns);
  }

  /**
   * The session of a slot, as {@code GET /api/v5/clients/ID} shows it.
   *
   * @param zone whose settings it has; empty where the API does not tell
   * @param queueMaximum how many messages its queue holds; 0 for any number
   * @param expirySeconds how long it is kept while nobody is connected
   */
  record Session(
      String clientId,
      String zone,
      boolean connected,
      long queueMaximum,
      long queued,
      long dropped,
      long window,
      long expirySeconds) {

    /** The zone of the settings that stand outside {@code zones}. */
    static final String DEFAULT_ZONE = "default";

    static Session of(String clientId, String zone, JsonNode client) {
      JsonNode maximum = client.path("mqueue_max");
      return new Session(
          clientId,
          zone,
          client.path("connected").asBoolean(),
          maximum.isNumber() ? maximum.asLong() : 0, // "infinity"
          client.path("mqueue_len").asLong(),
          client.path("mqueue_dropped").asLong(),
          client.path("inflight_max").asLong(),
          client.path("expiry_interval").asLong());
    }
  }

  /**
   * When EMQX kills a session's process, with all that is queued in it.
   *
   * @param known whether the API told
   * @param heapBytes above which it does; 0 for never
   * @param mailbox messages not taken up yet, above which it does; 0 for never
   */
  record ForceShutdown(boolean known, boolean enabled, long heapBytes, long mailbox) {

    static final ForceShutdown UNKNOWN = new ForceShutdown(false, false, 0, 0);

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(kb|mb|gb)?");

    static ForceShutdown of(JsonNode limits) {
      return new ForceShutdown(
          true,
          limits.path("enable").asBoolean(true),
          size(limits.path("max_heap_size").asText()),
          size(limits.path("max_mailbox_size").asText()));
    }

    /** A number, or a size as {@code 32MB}. */
    private static long size(String value) {
      Matcher size = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
      if (!size.matches()) {
        return 0; // infinity, disabled
      }
      long amount = Long.parseLong(size.group(1));
      String unit = size.group(2) == null ? "" : size.group(2);
      return switch (unit) {
        case "kb" -> amount << 10;
        case "mb" -> amount << 20;
        case "gb" -> amount << 30;
        default -> amount;
      };
    }
  }
}
