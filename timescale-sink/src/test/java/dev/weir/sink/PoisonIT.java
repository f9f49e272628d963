package dev.weir.sink;

import static dev.weir.sink.Records.bytes;
import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad records in the middle of ten thousand good ones. */
@Timeout(120)
class PoisonIT {

  private static final int GOOD = 10_000;
  private static final int MIDDLE = 5_500;

  @TempDir static Path folder;
  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = new TestDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bad JSON             | {"time":"2026-01-01T00:00:00Z",                                           | not_json
          text for a number    | {"time":"2026-01-01T00:00:00Z","sequence_id":1,"temperature":"abc"}       | wrong_type
          text for an integer  | {"time":"2026-01-01T00:00:00Z","sequence_id":1,"battery":"88"}            | wrong_type
          text for the count   | {"time":"2026-01-01T00:00:00Z","sequence_id":"7"}                         | wrong_type
          beyond int32         | {"time":"2026-01-01T00:00:00Z","sequence_id":1,"battery":99999999999}     | out_of_range
          a field missing      | {"time":"2026-01-01T00:00:00Z"}                                           | missing_field
          a CHECK violated     | {"time":"2026-01-01T00:00:00Z","sequence_id":999999,"battery":120}        | database_refused
          a bad time           | {"time":"2026-13-01T00:00:00Z","sequence_id":1}                           | invalid_time
          NUL in the device    | {"time":"2026-01-01T00:00:00Z","sequence_id":1,"device_id":"d\\u0000"}    | nul_character
          a tombstone          |                                                                           | empty
          """)
  void deadLettersABadRecordAndStoresAllGoodOnes(String name, String json, String reason)
      throws Exception {
    String table = database.telemetryTable("poisoned");
    byte[] value = json == null ? null : bytes(json);
    SinkRecord poison = record(GOOD, bytes(Records.DEVICE_KEY), value);
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(goodOnesAround(poison));

      assertThat(database.count(table)).isEqualTo(GOOD);
      assertThat(task.deadLetters().offsets()).containsExactly((long) GOOD);
      SinkRecord letter = task.deadLetters().letters.get(0);
      assertThat(letter.value()).isSameAs(value);
      assertThat(FakeReporter.header(letter, DeadLetter.REASON)).isEqualTo(reason);
      assertThat(FakeReporter.header(letter, DeadLetter.DETAIL)).isNotBlank();
      assertThat(task.retries()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"time":"2026-01-01T00:00:00Z","sequence_id":999999,"temperature":null}    | null
          {"time":"2026-01-01T00:00:00Z","sequence_id":999999,"extra_data":{"a":1}}  | {"a": 1}
          {"time":"2026-01-01T00:00:00Z","sequence_id":999999,"extra_data":"{bad"}   | {"extra_data": "{bad"}
          {"time":"2026-01-01T02:00:00+02:00","sequence_id":999999,"a":[1,{"b":2}]}  | {"a": [1, {"b": 2}]}
          """)
  void storesWhatIsOddButLegal(String json, String extraData) throws Exception {
    String table = database.telemetryTable("odd");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      task.put(List.of(record(1, json)));
    }
    assertThat(database.value("SELECT extra_data FROM odd WHERE time = '2026-01-01T00:00:00Z'"))
        .isEqualTo(extraData);
  }

  @Test
  void findsEveryKindOfRefusalOfTheDatabase() throws Exception {
    database.execute(
        "DROP TABLE IF EXISTS measures, plants",
        "CREATE TABLE plants (id text PRIMARY KEY)",
        "INSERT INTO plants VALUES ('p1')",
        "CREATE TABLE measures (id text PRIMARY KEY, plant text NOT NULL REFERENCES plants,"
            + " serial uuid UNIQUE, short varchar(5), amount numeric(5,2), doc jsonb)",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'not this one'; END $$",
        "CREATE TRIGGER refuse BEFORE INSERT ON measures FOR EACH ROW WHEN (NEW.id = 'trigger')"
            + " EXECUTE FUNCTION refuse()");
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      records.add(measure(i, "\"id\":\"" + i + "\",\"plant\":\"p1\""));
    }
    List<String> bad =
        List.of(
            "\"id\":\"fk\",\"plant\":\"p2\"",
            "\"id\":\"null\"",
            "\"id\":\"uuid\",\"plant\":\"p1\",\"serial\":\"not-a-uuid\"",
            "\"id\":\"long\",\"plant\":\"p1\",\"short\":\"too long\"",
            "\"id\":\"amount\",\"plant\":\"p1\",\"amount\":1000.00",
            "\"id\":\"trigger\",\"plant\":\"p1\"",
            "\"id\":\"" + incompressible(12_000) + "\",\"plant\":\"p1\"");
    for (int i = 0; i < bad.size(); i++) {
      records.add(100 + 100 * i, measure(1000 + i, bad.get(i)));
    }
    try (RunningTask task =
        new RunningTask(
            database.url(),
            "table",
            "public.measures",
            "record.format",
            "json",
            "overflow.column",
            "")) {
      task.put(records);

      assertThat(database.count("measures")).isEqualTo(1000);
      assertThat(task.deadLetters().letters)
          .extracting(letter -> FakeReporter.header(letter, DeadLetter.DETAIL).substring(0, 5))
          .containsExactlyInAnyOrder("23503", "23502", "22P02", "22001", "22003", "P0001", "54000");
      assertThat(task.deadLetters().letters)
          .extracting(letter -> FakeReporter.header(letter, DeadLetter.DETAIL))
          .contains("22001: value too long for type character varying(5)");
    }
  }

  private static List<SinkRecord> goodOnesAround(SinkRecord poison) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      records.add(reading(i));
    }
    records.add(MIDDLE, poison);
    return records;
  }

  private static SinkRecord measure(long offset, String members) {
    return record(offset, "{" + members + "}");
  }

  private static String incompressible(int length) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(Long.toString(random.nextLong() >>> 1, 36));
    }
    return text.toString();
  }
}
