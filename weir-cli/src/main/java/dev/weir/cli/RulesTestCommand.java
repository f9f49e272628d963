package dev.weir.cli;

import dev.weir.cli.rules.Rehearsal;
import dev.weir.cli.rules.StoredTelemetry;
import dev.weir.model.Alert;
import dev.weir.model.RuleSetCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries rules on stored readings. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Try rules on stored readings: show what would have been raised and cleared.",
      "Only the rules of the file are judged by, in the order of the readings' time. Nothing is"
          + " published or changed."
    })
final class RulesTestCommand extends RulesAction {

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The rules as JSON; - for standard input.")
  private @Nullable Path file;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      required = true,
      converter = InstantConverter.class,
      description = "Readings measured since: 2026-01-31T12:00:00Z, or how long ago, like 24h.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Readings measured before: written like --since (default: now).")
  private @Nullable Instant until;

  @Option(names = "--user", paramLabel = "NAME", description = "Readings of this user only.")
  private @Nullable String user;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Readings of this device only, as of that which the rules name.")
  private @Nullable String device;

  @Option(
      names = "--database",
      paramLabel = "URL",
      defaultValue = "jdbc:postgresql://127.0.0.1:5432/weir?user=weir",
      description = "The database (default: ${DEFAULT-VALUE}).")
  private String database = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The most alerts to print (default: ${DEFAULT-VALUE}).")
  private int limit;

  private long printed;

  @Override
  public Integer call() throws IOException, SQLException {
    if (file == null || since == null) {
      throw new IllegalStateException("run by picocli only");
    }
    RuleSetCodec.Accepted accepted = rules(file);
    Instant end = until == null ? Instant.now() : until;
    if (!since.isBefore(end)) {
      throw wrong(List.of("--since must be before --until"));
    }
    if (limit < 0) {
      throw wrong(List.of("--limit must not be negative"));
    }
    String only = device(accepted);
    Rehearsal rehearsal = new Rehearsal(accepted.rules(), since, end, this::print);
    new StoredTelemetry(database)
        .read(new StoredTelemetry.Range(since, end, user, only), rehearsal);
    rehearsal.finish();
    if (printed > limit) {
      out().printf("and %d more; --limit prints more of them%n", printed - limit);
    }
    out().println(rehearsal.summary());
    out().flush();
    return ExitCode.OK;
  }

  /** The device that the file's rules are for, or that was asked for; null for all. */
  private @Nullable String device(RuleSetCodec.Accepted accepted) {
    String named = accepted.deviceId();
    if (named != null && device != null && !named.equals(device)) {
      throw wrong(List.of("%s: device_id: '%s' is not --device %s".formatted(file, named, device)));
    }
    return named == null ? device : named;
  }

  private void print(Alert alert) {
    if (printed++ < limit) {
      out()
          .printf(
              "%s %s %s %s: %s%n",
              alert.time(),
              alert.status().name().toLowerCase(Locale.ROOT),
              alert.device().key(),
              alert.ruleId(),
              alert.message());
    }
  }
}
