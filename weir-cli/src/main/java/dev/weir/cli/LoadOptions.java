package dev.weir.cli;

import dev.weir.cli.load.LoadPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a load, shared by {@code up} and {@code load}. */
public final class LoadOptions {

  private static final int DEFAULT_USERS = 30;
  private static final int DEFAULT_DEVICES_PER_USER = 3;
  private static final double DEFAULT_RATE = 200;
  private static final int MAX_DEVICES = 1_000_000;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Number of users (default: " + DEFAULT_USERS + ").")
  private @Nullable Integer users;

  @Option(
      names = "--devices-per-user",
      paramLabel = "N",
      description = "Devices of each user (default: " + DEFAULT_DEVICES_PER_USER + ").")
  private @Nullable Integer devicesPerUser;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Readings per second over all devices (default: 200).")
  private @Nullable Double rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long to publish, for example 20s or 5m (default: until Ctrl-C).")
  private @Nullable Duration duration;

  /** Whether any of these options was given. */
  public boolean given() {
    return users != null || devicesPerUser != null || rate != null || duration != null;
  }

  /**
   * The plan, checked.
   *
   * @throws ParameterException naming every option that is wrong
   */
  public LoadPlan plan() {
    int wantedUsers = users == null ? DEFAULT_USERS : users;
    int wantedDevices = devicesPerUser == null ? DEFAULT_DEVICES_PER_USER : devicesPerUser;
    double wantedRate = rate == null ? DEFAULT_RATE : rate;
    List<String> problems = new ArrayList<>();
    if (wantedUsers < 1) {
      problems.add("--users must be at least 1, not " + wantedUsers);
    }
    if (wantedDevices < 1) {
      problems.add("--devices-per-user must be at least 1, not " + wantedDevices);
    }
    if ((long) wantedUsers * wantedDevices > MAX_DEVICES) {
      problems.add("--users times --devices-per-user must be at most " + MAX_DEVICES);
    }
    if (!(wantedRate > 0 && wantedRate <= 1_000_000)) {
      problems.add("--rate must be above 0 and at most 1000000, not " + wantedRate);
    }
    if (duration != null && duration.isZero()) {
      problems.add("--duration must be longer than 0");
    }
    if (!problems.isEmpty() && command != null) {
      throw new ParameterException(command.commandLine(), String.join("\n", problems));
    }
    return new LoadPlan(wantedUsers, wantedDevices, wantedRate, Optional.ofNullable(duration));
  }
}
