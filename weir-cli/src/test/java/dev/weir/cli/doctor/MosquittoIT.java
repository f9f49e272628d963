package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.load.MqttEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor sees of Debian's Mosquitto. */
@Tag("debian")
@Timeout(60)
class MosquittoIT {

  private static final List<Check<BrokerFacts>> CHECKS =
      new BrokerChecks(Expectations.DEFAULT).all();

  @TempDir private Path folder;
  private int port;
  private @Nullable Process mosquitto;

  @BeforeEach
  void choosePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    Process running = mosquitto;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  @Test
  void findsWhatMosquittosDefaultsLose() throws Exception {
    start("");
    BrokerFacts facts = look();
    assertThat(facts.version()).startsWith("mosquitto version 2.");
    assertThat(judged(CHECKS, facts))
        .containsExactly(
            "NOTE broker.receive-maximum",
            "LOSS broker.packet-size",
            "LOSS broker.durability",
            "NOTE broker.durability");
  }

  @Test
  void findsOnlyWhatNoSettingCanMend_whereMosquittoIsSetAsAdvised() throws Exception {
    start("max_packet_size 1048576\nmax_inflight_messages 2000\n");
    assertThat(judged(CHECKS, look()))
        .containsExactly("LOSS broker.durability", "NOTE broker.durability");
  }

  private BrokerFacts look() throws Exception {
    MqttEndpoint broker = new MqttEndpoint("127.0.0.1", port, null, null);
    return new BrokerProbe(broker, Expectations.DEFAULT, Duration.ofSeconds(10)).look();
  }

  private void start(String settings) throws IOException {
    Path configuration = folder.resolve("mosquitto.conf");
    Files.writeString(
        configuration,
        "listener %d 127.0.0.1\nallow_anonymous true\npersistence false\n%s"
            .formatted(port, settings));
    mosquitto =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Awaitility.await("Mosquitto listens").atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
