package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The answers of EMQX 5.8.9's REST API, as it gave them, but shorter, from a server of the JDK. */
@Timeout(60)
class EmqxProbeIT {

  private static final List<Check<EmqxFacts>> CHECKS = new EmqxChecks(Expectations.DEFAULT).all();
  private static final String KEY = "key:secret";
  private static final String NOT_FOUND =
      "{\"code\":\"CLIENTID_NOT_FOUND\",\"message\":\"Client ID not found\"}";

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void findsNothingToLose_whereTheZoneIsSetAsItShouldBe() throws Exception {
    page("clients/weir-bridge-0", client("tcp:internal", true, 1_000_000, 0, 0, 2000, 604_800));
    page("clients/weir-bridge-1", client("tcp:internal", true, 1_000_000, 0, 0, 2000, 604_800));
    page("listeners/tcp:internal", listener("internal"));
    page("configs/global_zone", globalZone("32MB", 1000));
    assertThat(judged(CHECKS, look(KEY)))
        .containsExactly("NOTE emqx.force-shutdown", "NOTE emqx.memory");
  }

  @Test
  void doesNotHoldTheDefaultZonesLimitsAgainstAnotherZone() throws Exception {
    page("clients/weir-bridge-0", client("tcp:internal", true, 1_000_000, 0, 0, 2000, 604_800));
    page("listeners/tcp:internal", listener("internal"));
    page("configs/global_zone", globalZone("32MB", 1000));
    assertThat(forceShutdown()).containsExactly("zone internal: its force_shutdown cannot be seen");
  }

  @Test
  void findsTheDefaultsThatDestroyLongQueues() throws Exception {
    page("clients/weir-bridge-0", client("tcp:default", true, 1000, 900, 5, 32, 7200));
    page("clients/weir-bridge-1", client("tcp:default", false, 1000, 0, 0, 32, 7200));
    page("listeners/tcp:default", listener("default"));
    page("configs/global_zone", globalZone("32MB", 1000));
    assertThat(judged(CHECKS, look(KEY)))
        .containsExactlyInAnyOrder(
            "STRAND emqx.sessions",
            "LOSS emqx.queue",
            "LOSS emqx.dropped",
            "LOSS emqx.filling",
            "NOTE emqx.window",
            "LOSS emqx.expiry",
            "LOSS emqx.force-shutdown",
            "NOTE emqx.memory");
  }

  @Test
  void findsAHeapThatCannotHoldTheQueueItIsAllowed() throws Exception {
    page("clients/weir-bridge-0", client("tcp:default", true, 1_000_000, 0, 0, 2000, 604_800));
    page("listeners/tcp:default", listener("default"));
    page("configs/global_zone", globalZone("32MB", 1000));
    assertThat(forceShutdown())
        .containsExactly(
            "zone default: force_shutdown.max_heap_size = 32 MB",
            "zone default: force_shutdown.max_mailbox_size = 1000");
    page("configs/global_zone", globalZone("8GB", 0));
    assertThat(forceShutdown()).isEmpty();
  }

  @Test
  void findsSlotsWithoutASession() throws Exception {
    assertThat(judged(CHECKS, look(KEY))).containsExactly("LOSS emqx.sessions", "NOTE emqx.memory");
    page("clients/weir-bridge-1", client("tcp:internal", true, 0, 0, 0, 2000, 604_800));
    assertThat(judged(CHECKS, look(KEY)))
        .containsExactly("STRAND emqx.sessions", "NOTE emqx.force-shutdown", "NOTE emqx.memory");
  }

  @Test
  void saysThatTheKeyIsRefused() {
    assertThatThrownBy(() -> probe("key:wrong").look()).hasMessageContaining("API key is refused");
  }

  private List<String> forceShutdown() {
    return CHECKS.stream()
        .filter(check -> check.id().equals("emqx.force-shutdown"))
        .flatMap(check -> check.on(look(KEY)).findings().stream())
        .map(Finding::found)
        .toList();
  }

  private EmqxFacts look(String key) {
    try {
      return probe(key).look();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private EmqxProbe probe(String key) {
    URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new EmqxProbe(api, key, "weir-bridge", 2, Duration.ofSeconds(10));
  }

  private void page(String path, String body) {
    pages.put("/api/v5/" + path, body);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
    String path = exchange.getRequestURI().toString();
    int status = pages.containsKey(path) ? 200 : 404;
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      status = 401;
    }
    byte[] bytes = pages.getOrDefault(path, NOT_FOUND).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String globalZone(String heap, int mailbox) {
    return """
    {"mqtt":{"max_inflight":32},
     "force_shutdown":{"enable":true,"max_heap_size":"%s","max_mailbox_size":%d}}
    """
        .formatted(heap, mailbox);
  }

  private static String listener(String zone) {
    return "{\"id\":\"tcp:x\",\"running\":true,\"type\":\"tcp\",\"zone\":\"%s\"}".formatted(zone);
  }

  private static String client(
      String listener,
      boolean connected,
      long queue,
      long queued,
      long dropped,
      int window,
      long expiry) {
    return """
    {"clientid":"c","listener":"%s","connected":%s,"mqueue_max":%d,"mqueue_len":%d,
     "mqueue_dropped":%d,"inflight_max":%d,"expiry_interval":%d,"proto_ver":5}
    """
        .formatted(listener, connected, queue, queued, dropped, window, expiry);
  }
}
