package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Mosquitto;
import dev.weir.cli.load.MqttEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  @Test
  void findsWhatMosquittosDefaultsLose() throws Exception {
    BrokerFacts facts = look("");
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
    assertThat(judged(CHECKS, look("max_packet_size 1048576\nmax_inflight_messages 2000")))
        .containsExactly("LOSS broker.durability", "NOTE broker.durability");
  }

  private BrokerFacts look(String settings) throws Exception {
    try (Mosquitto mosquitto = new Mosquitto(folder)) {
      mosquitto.start("allow_anonymous true\n" + settings);
      MqttEndpoint broker = new MqttEndpoint("127.0.0.1", mosquitto.port(), null, null);
      return new BrokerProbe(broker, Expectations.DEFAULT, Duration.ofSeconds(10)).look();
    }
  }
}
