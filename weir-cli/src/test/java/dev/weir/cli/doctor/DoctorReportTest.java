package dev.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorReportTest {

  private static final Verdict HEALTHY = new Verdict("kafka.health", "all well", List.of());
  private static final Verdict NOTED =
      new Verdict("kafka.replication", "copies", List.of(Finding.note("one copy", "so", "more")));
  private static final Verdict LOST =
      new Verdict("database.disk", "on disk", List.of(Finding.loss("fsync=off", "why", "on")));

  @Test
  void isSoundWithNotes_andSaysSo() {
    DoctorReport report = report(new Examination(Server.KAFKA, "k:1", List.of(HEALTHY, NOTED), ""));
    assertThat(report.sound()).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(text(report, false))
        .contains("1 of 2 checks found nothing")
        .endsWith("Nothing was found that could lose or strand data, 1 to note.");
  }

  @Test
  void printsTheWorstFirst_withReasonAndFix() {
    DoctorReport report =
        report(
            new Examination(Server.KAFKA, "k:1", List.of(NOTED), ""),
            new Examination(Server.DATABASE, "d:1", List.of(LOST), ""));
    assertThat(report.sound()).isFalse();
    assertThat(text(report, false))
        .startsWith(
            """
            LOSS   database: fsync=off  [database.disk]
                   why  why
                   fix  on
            """)
        .contains("NOTE   Kafka: one copy  [kafka.replication]");
  }

  @Test
  void stillReportsTheOthers_whereAServerCannotBeReached() {
    DoctorReport report =
        report(
            Examination.unreachable(Server.KAFKA, "k:1", "no answer in time"),
            new Examination(Server.DATABASE, "d:1", List.of(LOST), ""));
    assertThat(report.complete()).isFalse();
    assertThat(text(report, false))
        .contains("LOSS   database", "NOT EXAMINED: no answer in time")
        .endsWith("; not reached: Kafka.");
  }

  @Test
  void listsEveryCheck_whenAsked() {
    DoctorReport report = report(new Examination(Server.KAFKA, "k:1", List.of(HEALTHY, NOTED), ""));
    assertThat(text(report, true))
        .containsPattern("ok +kafka.health +all well")
        .containsPattern("NOTE +kafka.replication +copies");
    assertThat(text(report, false)).doesNotContain("all well");
  }

  @Test
  void tellsProgramsTheSame() {
    DoctorReport report = report(new Examination(Server.DATABASE, "d:1", List.of(LOST), ""));
    assertThat(ReportJson.of(report))
        .contains(
            "\"sound\" : false",
            "\"complete\" : true",
            "\"server\" : \"database\"",
            "\"check\" : \"database.disk\"",
            "\"severity\" : \"LOSS\"",
            "\"found\" : \"fsync=off\"");
  }

  private static DoctorReport report(Examination... examinations) {
    return new DoctorReport(List.of(examinations));
  }

  private static String text(DoctorReport report, boolean verbose) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text), verbose);
    return text.toString().strip();
  }
}
