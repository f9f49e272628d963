package dev.weir.cli.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What PostgreSQL shows of itself.
 *
 * @param settings those that are looked for, each with where its value comes from
 * @param overrides settings of databases and roles, which hold for whoever connects
 * @param recovering whether it is a standby, or still recovering
 * @param tables the tables that are written to
 * @param missingRights what the writing role may not do, in plain words
 * @param jobs TimescaleDB's jobs; none without it
 * @param clock how its clock differs
 */
record DatabaseFacts(
    Map<String, Setting> settings,
    List<ScopedSetting> overrides,
    boolean recovering,
    List<Table> tables,
    List<String> missingRights,
    List<Job> jobs,
    ClockReading clock) {

  DatabaseFacts {
    settings = Map.copyOf(settings);
    overrides = List.copyOf(overrides);
    tables = List.copyOf(tables);
    missingRights = List.copyOf(missingRights);
    jobs = List.copyOf(jobs);
  }

  /** A setting's value, and its source as {@code pg_settings} names it. */
  record Setting(String value, String source) {

    /** Whether an {@link ScopedSetting} says the same. */
    boolean isOverride() {
      return source.contains("database") || source.contains("user");
    }
  }

  /** A setting of a database, of a role, or of a role in a database. */
  record ScopedSetting(String scope, String alter, String setting, String value) {}

  /**
   * A table.
   *
   * @param exists whether it is there for this user
   * @param permanent whether it survives a crash
   * @param key its primary key's columns, in their order
   * @param triggers names of enabled triggers that could keep rows from being inserted
   * @param rules whether rules or row security stand between an INSERT and the table
   */
  record Table(
      String name,
      boolean exists,
      boolean permanent,
      List<String> key,
      List<String> triggers,
      boolean rules) {

    Table {
      key = List.copyOf(key);
      triggers = List.copyOf(triggers);
    }
  }

  /**
   * A job of TimescaleDB.
   *
   * @param procedure what it runs, such as {@code policy_retention}
   * @param table what it works on: a hypertable, or a continuous aggregate
   * @param intervals what it is told, such as {@code drop_after}
   * @param lastRun {@code Success}, {@code Failed}; empty where it never ran
   */
  record Job(
      int id,
      String procedure,
      String table,
      Map<String, Duration> intervals,
      boolean scheduled,
      String lastRun,
      long failures) {

    Job {
      intervals = Map.copyOf(intervals);
    }
  }

  String setting(String name) {
    Setting setting = settings.get(name);
    return setting == null ? "" : setting.value();
  }
}
