package dev.weir.cli.doctor;

import static dev.weir.cli.doctor.Judged.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.doctor.DatabaseFacts.ScopedSetting;
import dev.weir.cli.doctor.DatabaseFacts.Setting;
import dev.weir.cli.doctor.DatabaseFacts.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseChecksTest {

  private static final List<Check<DatabaseFacts>> CHECKS =
      new DatabaseChecks(Expectations.DEFAULT).all();

  private static final ClockReading SAME = new ClockReading(Duration.ZERO, Duration.ZERO);
  private static final List<String> KEY = List.of("time", "user_id", "device_id", "sequence_id");
  private static final Table GOOD = table(true, true, KEY);

  @Test
  void findsNothing_whereCommitsAreOnDiskAndTheTableIsThere() {
    assertThat(judged(CHECKS, facts(Map.of("fsync", set("on")), GOOD))).isEmpty();
  }

  @Test
  void findsEverySettingThatAnswersACommitTooSoon() {
    Map<String, Setting> unsafe =
        Map.of(
            "fsync", set("off"),
            "full_page_writes", set("off"),
            "synchronous_commit", set("off"));
    assertThat(judged(CHECKS, facts(unsafe, GOOD)))
        .containsExactly("LOSS database.disk", "LOSS database.disk", "LOSS database.commit");
  }

  @Test
  void saysOnceAndForWhomARoleIsSetOtherwise() {
    DatabaseFacts facts =
        new DatabaseFacts(
            Map.of("synchronous_commit", new Setting("off", "user")),
            List.of(new ScopedSetting("role weir", "ALTER ROLE weir", "synchronous_commit", "off")),
            false,
            List.of(GOOD),
            List.of(),
            List.of(),
            SAME);
    assertThat(judged(CHECKS, facts)).containsExactly("LOSS database.commit");
    assertThat(CHECKS.get(1).on(facts).findings().get(0).fix())
        .startsWith("ALTER ROLE weir RESET synchronous_commit");
  }

  @Test
  void findsATableThatIsMissingUnloggedOrHasAnotherKey() {
    assertThat(judged(CHECKS, facts(Map.of(), table(false, false, List.of()))))
        .containsExactly("STRAND database.tables");
    assertThat(judged(CHECKS, facts(Map.of(), table(true, false, KEY))))
        .containsExactly("LOSS database.tables");
    assertThat(judged(CHECKS, facts(Map.of(), table(true, true, List.of()))))
        .containsExactly("STRAND database.key");
    assertThat(judged(CHECKS, facts(Map.of(), table(true, true, List.of("time", "device_id")))))
        .containsExactly("LOSS database.key");
    List<String> wide = List.of("time", "user_id", "device_id", "sequence_id", "battery");
    assertThat(judged(CHECKS, facts(Map.of(), table(true, true, wide))))
        .containsExactly("NOTE database.key");
  }

  @Test
  void findsADatabaseThatTakesNoWrites() {
    DatabaseFacts standby =
        new DatabaseFacts(
            Map.of("default_transaction_read_only", set("on")),
            List.of(),
            true,
            List.of(GOOD),
            List.of("weir has no INSERT on raw_telemetry"),
            List.of(),
            SAME);
    assertThat(judged(CHECKS, standby))
        .containsExactly(
            "STRAND database.writable", "STRAND database.writable", "STRAND database.rights");
  }

  @Test
  void notesWhatMayKeepRowsOut() {
    Table guarded = new Table("raw_telemetry", true, true, KEY, List.of("filter"), true);
    assertThat(judged(CHECKS, facts(Map.of(), guarded)))
        .containsExactly("NOTE database.triggers", "NOTE database.triggers");
  }

  private static Setting set(String value) {
    return new Setting(value, "configuration file");
  }

  private static Table table(boolean exists, boolean permanent, List<String> key) {
    return new Table("raw_telemetry", exists, permanent, key, List.of(), false);
  }

  private static DatabaseFacts facts(Map<String, Setting> settings, Table table) {
    return new DatabaseFacts(
        settings, List.of(), false, List.of(table), List.of(), List.of(), SAME);
  }
}
