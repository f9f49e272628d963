package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.Doctor;
import dev.weir.cli.doctor.DoctorReport;
import dev.weir.cli.doctor.Examination;
import dev.weir.cli.doctor.Expectations;
import dev.weir.cli.doctor.Finding;
import dev.weir.cli.doctor.Server;
import dev.weir.cli.doctor.Severity;
import dev.weir.cli.doctor.Targets;
import dev.weir.cli.load.MqttEndpoint;
import dev.weir.stack.Component;
import dev.weir.stack.ConnectRest;
import dev.weir.stack.LocalStack;
import dev.weir.stack.TopicDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the doctor finds in a real pipeline: nothing, until something is broken. */
@ExtendWith(SharedStack.class)
@Timeout(120)
class DoctorIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final String CONNECTOR = "raw-telemetry";

  @Test
  void findsNothingButNotes_inAFreshPipeline(LocalStack stack) throws InterruptedException {
    awaitSound(stack);
    assertThat(examine(stack).of("kafka.replication"))
        .extracting(Finding::severity)
        .containsExactly(Severity.NOTE);
  }

  @Test
  void findsTopicsThatDoNotKeepWhatIsPutIntoThem(LocalStack stack) throws Exception {
    try (Topics topics = new Topics(stack.bootstrapServers())) {
      topics.set(
          "telemetry",
          Map.of("retention.bytes", "1000000000", "unclean.leader.election.enable", "true"));
      topics.set("telemetry.parked", Map.of("cleanup.policy", "compact", "retention.ms", "60000"));
      topics.set(
          "telemetry.dlq",
          Map.of("max.message.bytes", "1000", "message.timestamp.type", "CreateTime"));

      DoctorReport report = examine(stack);
      assertFound(
          report, "kafka.retention", Severity.LOSS, "telemetry: retention.bytes=1000000000");
      assertFound(report, "kafka.unclean-election", Severity.LOSS, "telemetry");
      assertFound(
          report, "kafka.cleanup", Severity.LOSS, "telemetry.parked: cleanup.policy=compact");
      assertFound(
          report,
          "kafka.dlq-retention",
          Severity.LOSS,
          "telemetry.parked: retention.ms=60000 (1m)");
      assertFound(report, "kafka.message-bytes", Severity.STRAND, "telemetry.dlq");
      assertFound(report, "kafka.timestamps", Severity.LOSS, "telemetry.dlq");
    }
    awaitSound(stack);
  }

  @Test
  void findsRetentionShorterThanTheOutageAskedFor(LocalStack stack) throws InterruptedException {
    DoctorReport report = examine(stack, outage(Duration.ofDays(8)), LIMIT);
    assertFound(report, "kafka.retention", Severity.LOSS, "telemetry: retention.ms=604800000 (7d)");
  }

  @Test
  void findsABridgeThatHasNeverBeenThere(LocalStack stack) throws InterruptedException {
    DoctorReport report = examine(stack, named("weir-other", CONNECTOR), LIMIT);
    assertFound(report, "kafka.bridge", Severity.LOSS, "group weir-other: never joined");
  }

  @Test
  void findsReadingsThatWereDeletedBeforeTheyWereStored(LocalStack stack) throws Exception {
    try (Topics topics = new Topics(stack.bootstrapServers())) {
      int partition = topics.produce("telemetry", "doctor/d1", reading());
      topics.awaitCommitted("connect-" + CONNECTOR, "telemetry", partition);
      topics.commit("connect-doctor", "telemetry", partition, 0);
      topics.deleteAll("telemetry", partition);
      DoctorReport report = examine(stack, named("weir-bridge", "doctor"), LIMIT);
      assertFound(report, "kafka.expired", Severity.LOSS, "after what connect-doctor has stored");
      assertFound(report, "kafka.sink", Severity.STRAND, "connect-doctor");
      assertThat(examine(stack).of("kafka.expired")).isEmpty();
      topics.forget("connect-doctor");
    }
  }

  @Test
  void findsAConnectorThatSkipsOrStopsAtBadRecords(LocalStack stack) throws Exception {
    Path file = dist().resolve("connect-config/connectors/" + CONNECTOR + ".json");
    String good = Files.readString(file);
    ConnectRest rest = new ConnectRest(stack.connectUrl());
    rest.apply(
        CONNECTOR, good.replace("\"earliest\"", "\"latest\"").replace("\"telemetry.dlq\"", "\"\""));
    try {
      DoctorReport report = examine(stack);
      assertFound(report, "connect.offset-reset", Severity.LOSS, "auto.offset.reset=latest");
      assertFound(report, "connect.dlq", Severity.STRAND, CONNECTOR);
    } finally {
      rest.apply(CONNECTOR, good);
    }
    rest.pause("alerts-history");
    try {
      Awaitility.await("the doctor sees the pause")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertFound(
                      examine(stack),
                      "connect.running",
                      Severity.STRAND,
                      "alerts-history: PAUSED"));
    } finally {
      rest.resume("alerts-history");
    }
    awaitSound(stack);
  }

  @Test
  void findsADatabaseThatAnswersCommitsTooSoon(LocalStack stack) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        Statement sql = connection.createStatement()) {
      sql.execute("ALTER ROLE weir SET synchronous_commit = off");
      sql.execute("ALTER DATABASE weir SET default_transaction_read_only = on");
      sql.execute("ALTER TABLE alerts_history SET UNLOGGED");
      sql.execute(
          "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
      sql.execute(
          "CREATE TRIGGER swallow BEFORE INSERT ON raw_telemetry FOR EACH ROW EXECUTE FUNCTION"
              + " swallow()");
      try {
        DoctorReport report = examine(stack);
        assertFound(report, "database.commit", Severity.LOSS, "role weir: synchronous_commit=off");
        assertFound(report, "database.writable", Severity.STRAND, "database weir");
        assertFound(report, "database.tables", Severity.LOSS, "alerts_history: UNLOGGED");
        assertFound(report, "database.triggers", Severity.NOTE, "swallow");
      } finally {
        sql.execute("DROP FUNCTION swallow() CASCADE");
        sql.execute("ALTER TABLE alerts_history SET LOGGED");
        sql.execute("ALTER DATABASE weir RESET default_transaction_read_only");
        sql.execute("ALTER ROLE weir RESET synchronous_commit");
      }
    }
    awaitSound(stack);
  }

  /** TimescaleDB is not here: tables stand for its views, with their names and columns. */
  @Test
  void findsPoliciesOfTimescaleThatDropLateReadings(LocalStack stack) throws Exception {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        Statement sql = connection.createStatement()) {
      sql.execute(TimescaleViews.CREATE);
      try {
        DoctorReport report = examine(stack);
        assertFound(report, "timescale.compression", Severity.STRAND, "compress_after=1d");
        assertFound(report, "timescale.retention", Severity.LOSS, "drop_after=2d");
        assertFound(report, "timescale.rollups", Severity.LOSS, "telemetry_1m: start_offset=6d");
        assertFound(report, "timescale.jobs", Severity.STRAND, "4 failures");
      } finally {
        sql.execute(TimescaleViews.DROP);
      }
    }
    awaitSound(stack);
  }

  @Test
  void reportsTheOthers_whereTheDatabaseIsDownOrHangs(LocalStack stack) throws Exception {
    stack.postgres().suspend();
    try {
      assertOnlyDatabaseUnreachable(examine(stack, Expectations.DEFAULT, SHORT));
    } finally {
      stack.postgres().resume();
    }
    stack.postgres().stop();
    try {
      assertOnlyDatabaseUnreachable(examine(stack, Expectations.DEFAULT, SHORT));
    } finally {
      stack.postgres().start();
      stack.postgres().awaitReady(Duration.ofMinutes(1));
    }
    awaitSound(stack);
  }

  @Test
  void saysItByTheCommandsExitCode(LocalStack stack) throws Exception {
    awaitSound(stack);
    DoctorProcess sound = DoctorProcess.run(stack);
    assertThat(sound.output()).contains("Nothing was found that could lose or strand data");
    assertThat(sound.exitCode()).isZero();
    DoctorProcess findings = DoctorProcess.run(stack, "--outage", "8d");
    assertThat(findings.output()).contains("LOSS   Kafka: telemetry: retention.ms=604800000");
    assertThat(findings.exitCode()).isEqualTo(1);
    DoctorProcess away = DoctorProcess.run(stack, "--bridge", "http://127.0.0.1:1");
    assertThat(away.output()).contains("NOT EXAMINED").doesNotContain("\tat ");
    assertThat(away.exitCode()).isEqualTo(3);
  }

  private static void assertOnlyDatabaseUnreachable(DoctorReport report) {
    assertThat(report.complete()).isFalse();
    assertThat(report.examinations())
        .filteredOn(examination -> !examination.unreachable().isEmpty())
        .extracting(Examination::server)
        .containsExactly(Server.DATABASE);
  }

  private static void assertFound(
      DoctorReport report, String check, Severity severity, String found) {
    assertThat(report.of(check))
        .as(check)
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.found()).contains(found);
            });
  }

  /** Groups and connectors settle within seconds of what the tests before did to them. */
  private static void awaitSound(LocalStack stack) {
    Awaitility.await("nothing to lose, nothing stranded")
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              DoctorReport report = examine(stack);
              assertThat(report.examinations().stream().map(Examination::unreachable))
                  .allMatch(String::isEmpty);
              assertThat(
                      report.examinations().stream()
                          .flatMap(e -> e.verdicts().stream())
                          .flatMap(v -> v.findings().stream())
                          .filter(finding -> finding.severity() != Severity.NOTE))
                  .isEmpty();
            });
  }

  private static DoctorReport examine(LocalStack stack) throws InterruptedException {
    return examine(stack, Expectations.DEFAULT, LIMIT);
  }

  private static DoctorReport examine(LocalStack stack, Expectations expected, Duration limit)
      throws InterruptedException {
    Targets targets =
        new Targets(
            new MqttEndpoint("127.0.0.1", stack.mqttPort(), null, null),
            stack.bootstrapServers(),
            Map.of(),
            stack.connectUrl(),
            stack.jdbcUrl(),
            stack.bridges().stream().map(Component::http).toList(),
            null);
    return new Doctor(targets, expected, limit, TopicDeclaration.declared()).examine();
  }

  private static Expectations outage(Duration outage) {
    return expecting(outage, Expectations.DEFAULT.bridgeName(), Expectations.DEFAULT.sink());
  }

  private static Expectations named(String bridge, String sink) {
    return expecting(Expectations.DEFAULT.outage(), bridge, sink);
  }

  private static Expectations expecting(Duration outage, String bridge, String sink) {
    Expectations usual = Expectations.DEFAULT;
    return new Expectations(
        outage,
        usual.lateness(),
        usual.ahead(),
        bridge,
        usual.sessionExpiry(),
        usual.receiveMaximum(),
        usual.packetBytes(),
        sink,
        usual.silence());
  }

  private static String reading() {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":" + System.nanoTime() + "}";
  }

  static Path dist() {
    return Path.of(System.getProperty("weir.dist"));
  }
}
