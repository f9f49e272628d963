package dev.weir.cli.doctor;

import dev.weir.cli.doctor.DatabaseFacts.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Judges TimescaleDB's policies against each other and against late readings. */
final class TimescaleChecks {

  private static final String COMPRESS_AFTER = "compress_after";
  private static final String DROP_AFTER = "drop_after";
  private static final String START_OFFSET = "start_offset";
  private static final String AGGREGATE = "policy_refresh_continuous_aggregate";

  private final Expectations expected;

  TimescaleChecks(Expectations expected) {
    this.expected = expected;
  }

  List<Check<DatabaseFacts>> all() {
    return List.of(
        new Check<>("timescale.compression", "late readings come before it", this::compression),
        new Check<>("timescale.retention", "late readings are not dropped", this::retention),
        new Check<>("timescale.rollups", "rollups see every reading", this::rollups),
        new Check<>("timescale.jobs", "policies are run, and succeed", this::jobs));
  }

  private static Stream<Job> telemetry(DatabaseFacts facts, String interval) {
    return facts.jobs().stream()
        .filter(job -> job.table().equals(DatabaseProbe.TELEMETRY))
        .filter(job -> job.intervals().containsKey(interval));
  }

  private static Duration interval(Job job, String name) {
    return job.intervals().getOrDefault(name, Duration.ZERO);
  }

  private List<Finding> compression(DatabaseFacts facts) {
    return telemetry(facts, COMPRESS_AFTER)
        .filter(job -> interval(job, COMPRESS_AFTER).compareTo(expected.lateness()) < 0)
        .map(
            job ->
                Finding.strand(
                    "raw_telemetry: compress_after=" + words(job, COMPRESS_AFTER),
                    "Readings up to "
                        + PlainWords.of(expected.lateness())
                        + " late (--lateness) go into compressed chunks, which is slow, and waits"
                        + " while a chunk is being compressed.",
                    "CALL remove_columnstore_policy('raw_telemetry'); CALL"
                        + " add_columnstore_policy('raw_telemetry', after => INTERVAL '7 days')"))
        .toList();
  }

  private List<Finding> retention(DatabaseFacts facts) {
    Duration longest =
        expected.lateness().compareTo(expected.outage()) > 0
            ? expected.lateness()
            : expected.outage();
    return telemetry(facts, DROP_AFTER)
        .filter(job -> interval(job, DROP_AFTER).compareTo(longest) < 0)
        .map(
            job ->
                Finding.loss(
                    "raw_telemetry: drop_after=" + words(job, DROP_AFTER),
                    "A reading that comes %s late, or is stored after an outage of %s, is dropped at once."
                        .formatted(
                            PlainWords.of(expected.lateness()), PlainWords.of(expected.outage())),
                    "SELECT remove_retention_policy('raw_telemetry'), "
                        + "add_retention_policy('raw_telemetry', INTERVAL '90 days')"))
        .toList();
  }

  private List<Finding> rollups(DatabaseFacts facts) {
    Duration dropped =
        telemetry(facts, DROP_AFTER)
            .map(job -> interval(job, DROP_AFTER))
            .min(Duration::compareTo)
            .orElse(Duration.ofDays(Integer.MAX_VALUE));
    List<Finding> findings = new ArrayList<>();
    for (Job job : facts.jobs()) {
      if (!job.procedure().equals(AGGREGATE)) {
        continue;
      }
      boolean open = !job.intervals().containsKey(START_OFFSET);
      String found = job.table() + ": start_offset=" + (open ? "NULL" : words(job, START_OFFSET));
      String fix = "start_offset between the lateness and drop_after, as in schema.sql";
      Duration start = interval(job, START_OFFSET);
      if (open ? dropped.toDays() < Integer.MAX_VALUE : start.compareTo(dropped) >= 0) {
        findings.add(
            Finding.loss(
                found,
                "A refresh over readings that retention has dropped deletes their rollups too.",
                fix));
      } else if (!open && start.compareTo(expected.lateness()) < 0) {
        findings.add(
            Finding.note(
                found, "Readings that come later are in the table, but in no rollup.", fix));
      }
    }
    return findings;
  }

  private List<Finding> jobs(DatabaseFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Job job : facts.jobs()) {
      String name = "job %d %s of %s".formatted(job.id(), job.procedure(), job.table());
      if (job.lastRun().equals("Failed")) {
        findings.add(
            Finding.strand(
                "%s: last run failed, %d failures".formatted(name, job.failures()),
                "Chunks are not compressed or dropped, until the disk is full.",
                "SELECT * FROM timescaledb_information.job_errors WHERE job_id = " + job.id()));
      }
      if (!job.scheduled()) {
        findings.add(
            Finding.note(
                name + ": not scheduled",
                "It does not run by itself.",
                "SELECT alter_job(%d, scheduled => true)".formatted(job.id())));
      }
    }
    return findings;
  }

  private static String words(Job job, String interval) {
    return PlainWords.of(interval(job, interval));
  }
}
