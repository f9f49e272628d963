package dev.weir.cli;

import picocli.CommandLine.Command;

/** The {@code weir} command. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Device telemetry from MQTT through Kafka into TimescaleDB, without loss.",
    subcommands = {
      UpCommand.class,
      LoadCommand.class,
      ProveCommand.class,
      ConnectorsCommand.class,
      KafkaSetupCommand.class,
      DlqCommand.class,
      RulesCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "  bench        Measure it side by side with its limits and rivals (./weir bench --help)."
    })
public final class WeirMain {

  private WeirMain() {}

  /** Runs the command and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs the command; what it returns is an {@link ExitCode}. */
  static int execute(String... args) {
    if (args.length == 0) {
      Execution.usage(new WeirMain());
      return ExitCode.USAGE;
    }
    return Execution.of(WeirMain::new, args);
  }
}
