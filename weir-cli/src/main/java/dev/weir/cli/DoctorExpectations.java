package dev.weir.cli;

import dev.weir.cli.doctor.Expectations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what the pipeline is to bear, and how its bridge is set. */
public final class DoctorExpectations {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--outage",
      paramLabel = "TIME",
      defaultValue = "3d",
      description = "The longest outage that must lose nothing (default: ${DEFAULT-VALUE}).")
  private Duration outage = Duration.ZERO;

  @Option(
      names = "--lateness",
      paramLabel = "TIME",
      defaultValue = "6d",
      description = "How late readings may arrive (default: ${DEFAULT-VALUE}).")
  private Duration lateness = Duration.ZERO;

  @Option(
      names = "--time-ahead",
      paramLabel = "TIME",
      defaultValue = "1d",
      description = "The bridge's bridge.time.ahead (default: ${DEFAULT-VALUE}).")
  private Duration timeAhead = Duration.ZERO;

  @Option(
      names = "--bridge-name",
      paramLabel = "NAME",
      defaultValue = "weir-bridge",
      description = "The bridge's bridge.name (default: ${DEFAULT-VALUE}).")
  private String bridgeName = "";

  @Option(
      names = "--session-expiry",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "The bridge's mqtt.session.expiry (default: ${DEFAULT-VALUE}).")
  private Duration sessionExpiry = Duration.ZERO;

  @Option(
      names = "--receive-maximum",
      paramLabel = "N",
      defaultValue = "2000",
      description = "The bridge's mqtt.receive.maximum (default: ${DEFAULT-VALUE}).")
  private int receiveMaximum;

  @Option(
      names = "--maximum-packet-bytes",
      paramLabel = "N",
      defaultValue = "8388608",
      description = "The bridge's mqtt.maximum.packet.bytes (default: ${DEFAULT-VALUE}).")
  private int packetBytes;

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      defaultValue = "raw-telemetry",
      description = "The connector that stores telemetry (default: ${DEFAULT-VALUE}).")
  private String sink = "";

  @Option(
      names = "--slot-timeout",
      paramLabel = "TIME",
      defaultValue = "6s",
      description = "The bridge's bridge.slot.timeout (default: ${DEFAULT-VALUE}).")
  private Duration slotTimeout = Duration.ZERO;

  @Option(
      names = "--clock-lag",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "The bridge's bridge.clock.lag (default: ${DEFAULT-VALUE}).")
  private Duration clockLag = Duration.ZERO;

  @Option(
      names = "--keep-alive",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "The bridge's mqtt.keep.alive (default: ${DEFAULT-VALUE}).")
  private Duration keepAlive = Duration.ZERO;

  Expectations checked() {
    List<String> problems = new ArrayList<>();
    if (receiveMaximum < 1 || receiveMaximum > 65_535) {
      problems.add("--receive-maximum must be from 1 to 65535, not " + receiveMaximum);
    }
    if (packetBytes < 1024 || packetBytes > 268_435_460) {
      problems.add("--maximum-packet-bytes must be from 1024 to 268435460, not " + packetBytes);
    }
    if (sessionExpiry.toSeconds() > 0xFFFF_FFFFL) {
      problems.add("--session-expiry must be at most 49710d");
    }
    if (!problems.isEmpty() && command != null) {
      throw new ParameterException(command.commandLine(), String.join("\n", problems));
    }
    return new Expectations(
        outage,
        lateness,
        timeAhead,
        bridgeName,
        sessionExpiry,
        receiveMaximum,
        packetBytes,
        sink,
        new Expectations.Silence(slotTimeout, clockLag, keepAlive));
  }
}
