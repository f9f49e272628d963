package dev.weir.cli.doctor;

import dev.weir.cli.doctor.DatabaseFacts.ScopedSetting;
import dev.weir.cli.doctor.DatabaseFacts.Setting;
import dev.weir.cli.doctor.DatabaseFacts.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Judges whether PostgreSQL keeps what it commits, and takes what the sink writes. */
final class DatabaseChecks {

  private static final Set<String> KEY = Set.of("time", "user_id", "device_id", "sequence_id");
  private static final String SYNCHRONOUS = "synchronous_commit";
  private static final String READ_ONLY = "default_transaction_read_only";
  private static final String SCHEMA = "psql -1 -f infra/timescaledb/schema.sql";
  private static final String UNFLUSHED =
      "A commit is answered before it is on disk, and the sink then commits its offset: a crash"
          + " takes rows that nobody sends again.";

  private final Expectations expected;

  DatabaseChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<DatabaseFacts>> all() {
    return List.of(
        new Check<>("database.disk", "what is committed is on disk", this::disk),
        new Check<>("database.commit", "every commit waits for the disk", this::commit),
        new Check<>("database.writable", "it can be written to", this::writable),
        new Check<>("database.tables", "the tables are there, and survive a crash", this::tables),
        new Check<>("database.key", "a reading is one row", this::key),
        new Check<>("database.rights", "the writing role has its rights", this::rights),
        new Check<>("database.triggers", "nothing keeps rows out silently", this::triggers),
        new Check<>(
            "database.clock",
            "its clock agrees with this machine's",
            facts -> facts.clock().findings("database", expected.ahead())));
  }

  private List<Finding> disk(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.setting("fsync").equals("off")) {
      findings.add(
          Finding.loss(
              "fsync=off",
              "A crash of the machine can lose or corrupt everything, whatever was committed.",
              "ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf()"));
    }
    if (facts.setting("full_page_writes").equals("off")) {
      findings.add(
          Finding.loss(
              "full_page_writes=off",
              "A page half written in a crash of the machine stays corrupt.",
              "ALTER SYSTEM SET full_page_writes = on; SELECT pg_reload_conf()"));
    }
    return findings;
  }

  private List<Finding> commit(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    Setting session = facts.settings().get(SYNCHRONOUS);
    if (session != null && session.value().equals("off") && !session.isOverride()) {
      findings.add(
          Finding.loss(
              "synchronous_commit=off (%s)".formatted(session.source()),
              UNFLUSHED,
              "ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()"));
    }
    overrides(facts, SYNCHRONOUS, "off")
        .map(o -> Finding.loss(o.scope() + ": synchronous_commit=off", UNFLUSHED, reset(o)))
        .forEach(findings::add);
    return findings;
  }

  private static Stream<ScopedSetting> overrides(
      DatabaseFacts facts, String setting, String value) {
    return facts.overrides().stream()
        .filter(o -> o.setting().equals(setting) && o.value().equals(value));
  }

  private static String reset(ScopedSetting override) {
    return override.alter()
        + " RESET "
        + override.setting()
        + "; then weir connectors restart, for a new session";
  }

  private List<Finding> writable(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    String waits = "Nothing can be stored: readings wait in Kafka, until retention ends.";
    if (facts.recovering()) {
      findings.add(
          Finding.strand(
              "pg_is_in_recovery() = true",
              waits,
              "point the connector at the primary, or promote this one: SELECT pg_promote()"));
    }
    Setting session = facts.settings().get(READ_ONLY);
    if (session != null && session.value().equals("on") && !session.isOverride()) {
      findings.add(
          Finding.strand(
              "default_transaction_read_only=on (%s)".formatted(session.source()),
              waits,
              "ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf()"));
    }
    overrides(facts, READ_ONLY, "on")
        .map(o -> Finding.strand(o.scope() + ": default_transaction_read_only=on", waits, reset(o)))
        .forEach(findings::add);
    return findings;
  }

  private List<Finding> tables(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : facts.tables()) {
      if (!table.exists()) {
        findings.add(
            Finding.strand(
                table.name() + ": there is no such table, or not for this user",
                "Its connector cannot start.",
                SCHEMA));
      } else if (!table.permanent()) {
        findings.add(
            Finding.loss(
                table.name() + ": UNLOGGED",
                "PostgreSQL empties it after a crash.",
                "ALTER TABLE %s SET LOGGED".formatted(table.name())));
      }
    }
    return findings;
  }

  private List<Finding> key(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : facts.tables()) {
      if (table.exists() && table.key().isEmpty()) {
        findings.add(
            Finding.strand(
                table.name() + ": no primary key",
                "The sink refuses a table where a record delivered twice would be two rows.",
                SCHEMA));
      } else if (table.name().equals(DatabaseProbe.TELEMETRY) && table.exists()) {
        telemetryKey(table).forEach(findings::add);
      }
    }
    return findings;
  }

  private static Stream<Finding> telemetryKey(Table table) {
    Set<String> key = Set.copyOf(table.key());
    String found = "%s: primary key (%s)".formatted(table.name(), String.join(", ", table.key()));
    String fix =
        "ALTER TABLE raw_telemetry DROP CONSTRAINT raw_telemetry_pkey, ADD PRIMARY KEY (time,"
            + " user_id, device_id, sequence_id)";
    if (!key.containsAll(KEY)) {
      return Stream.of(
          Finding.loss(
              found, "Different readings have the same key, and one replaces the other.", fix));
    }
    return key.equals(KEY)
        ? Stream.of()
        : Stream.of(Finding.note(found, "A reading delivered twice may be two rows.", fix));
  }

  private List<Finding> rights(DatabaseFacts facts) {
    return facts.missingRights().stream()
        .map(
            missing ->
                Finding.strand(
                    missing,
                    "The sink's task fails at its first batch, or at the first repeated reading.",
                    "GRANT SELECT, INSERT, UPDATE ON raw_telemetry, alerts_history, device_audit TO the"
                        + " role"))
        .toList();
  }

  private List<Finding> triggers(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : facts.tables()) {
      if (!table.triggers().isEmpty()) {
        findings.add(
            Finding.note(
                "%s: BEFORE INSERT trigger %s"
                    .formatted(table.name(), String.join(", ", table.triggers())),
                "A trigger that returns NULL drops the row, and nobody is told.",
                "be sure that it drops nothing, or ALTER TABLE %s DISABLE TRIGGER …"
                    .formatted(table.name())));
      }
      if (table.rules()) {
        findings.add(
            Finding.note(
                table.name() + ": rules on INSERT, or row security",
                "They can keep rows out, and nobody is told.",
                "be sure that they keep out nothing"));
      }
    }
    return findings;
  }
}
