package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {

  @Test
  void findsDifferentFreePorts() {
    int first = Ports.choose(0, "--x", "x");
    int second = Ports.choose(0, "--y", "y");

    assertThat(first).isNotEqualTo(second);
    assertThat(Ports.isFree(first)).isTrue();
  }

  @Test
  void namesPortAndOptionOfOneInUse_onAnyAddress(@TempDir Path folder) throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(0));
      int port = other.getLocalPort();

      assertThatThrownBy(() -> LocalStack.builder(folder).broker().kafka().mqttPort(port).start())
          .isInstanceOf(StackException.class)
          .hasMessage(
              "Port %d for the MQTT broker is in use by another program.".formatted(port)
                  + " Choose another with --mqtt-port (0 = any free port).");
      assertThat(folder.resolve("logs")).isEmptyDirectory();
    }
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatThrownBy(() -> Ports.choose(70_000, "--kafka-port", "Kafka"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("70000")
        .hasMessageContaining("--kafka-port");
  }
}
