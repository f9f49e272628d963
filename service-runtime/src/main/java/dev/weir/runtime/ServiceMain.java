package dev.weir.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service from the command line's settings to the process's exit code. */
public final class ServiceMain {

  /** Stopped on request. */
  public static final int STOPPED = 0;

  /** Failed while running, or did not stop in time. */
  public static final int FAILED = 1;

  /** Settings are wrong. */
  public static final int WRONG_SETTINGS = 2;

  /** Could not start. */
  public static final int NOT_STARTED = 3;

  private static final Logger log = LoggerFactory.getLogger(ServiceMain.class);

  private ServiceMain() {}

  /**
   * Runs a service until the process is asked to stop or cannot go on. Called once, by {@code
   * main}, which then calls {@link System#exit} with the answer.
   */
  public static int run(ServiceDefinition definition, String[] args) {
    if (Stream.of(args).anyMatch(List.of("--help", "-h")::contains)) {
      System.out.print(definition.help());
      return STOPPED;
    }
    Settings settings;
    try {
      settings = SettingsReader.read(definition, args, System.getenv());
    } catch (SettingsException e) {
      System.err.print(complaint(definition, e));
      return WRONG_SETTINGS;
    }
    setLogLevel(settings.get(CommonSettings.LOG_LEVEL));
    logSettings(definition, settings);
    return new Lifecycle(definition, settings).run();
  }

  private static String complaint(ServiceDefinition definition, SettingsException e) {
    int count = e.problems().size();
    return e.problems().stream()
        .map(problem -> "  " + problem + "\n")
        .collect(
            Collectors.joining(
                "",
                "weir %s cannot start: %s\n"
                    .formatted(
                        definition.name(),
                        count == 1 ? "a setting is wrong" : count + " settings are wrong"),
                "All settings are shown by --help.\n"));
  }

  private static void setLogLevel(String level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level));
    }
  }

  private static void logSettings(ServiceDefinition definition, Settings settings) {
    String defaults =
        settings.shown().stream()
            .filter(shown -> shown.origin().equals("default"))
            .map(shown -> shown.name() + "=" + shown.value())
            .collect(Collectors.joining(" "));
    log.info("settings of {} at their defaults: {}", definition.name(), defaults);
    settings.shown().stream()
        .filter(shown -> !shown.origin().equals("default"))
        .forEach(
            shown ->
                log.info("setting {}={} from {}", shown.name(), shown.value(), shown.origin()));
  }
}
