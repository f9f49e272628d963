package dev.weir.sink;

import static dev.weir.sink.Records.bytes;
import static dev.weir.sink.Records.column;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowMapperTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));
  private static final Table ALERTS =
      new Table(
          new TableName("alerts_history"),
          List.of(
              column("alert_id", "text", true),
              column("time", "timestamptz", false),
              column("value", "float8", false)));

  @Test
  void takesTheDeviceFromTheKeyAndEachFieldToItsColumn() {
    Row row = fit(Records.telemetryTable(), record(0, Records.readingJson(7)));
    assertThat(row.key()).containsExactly(Instant.parse("2026-01-01T00:00:00Z"), "u1", "d1", 7L);
    assertThat(row.value(4)).isEqualTo(21.5);
    assertThat(row.value(5)).isEqualTo(80);
    assertThat(row.value(6)).isEqualTo("{\"humidity\":40.5}");
  }

  @Test
  void movesAFieldOutOfTheOverflowOnceItHasAColumn() {
    Table table = Records.telemetryTable(column("humidity", "float8", false));
    Row row = fit(table, record(0, Records.readingJson(7)));
    assertThat(row.value(6)).isNull();
    assertThat(row.value(7)).isEqualTo(40.5);
  }

  @Test
  void leavesOutWhatTheDeviceDidNotSend() {
    Row row =
        fit(
            Records.telemetryTable(),
            record(0, "{\"time\":1767225600000,\"sequence_id\":0,\"battery\":null}"));
    assertThat(row.value(4)).isNull();
    assertThat(row.value(5)).isNull();
    assertThat(row.value(6)).isNull();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"time":"2026-01-01T00:00:00Z","seq                                           | not_json
          {"time":"2026-01-01T00:00:00Z","sequence_id":1,"temperature":"abc"}           | wrong_type
          {"time":"2026-01-01T00:00:00Z","sequence_id":1,"battery":"88"}                | wrong_type
          {"time":"2026-01-01T00:00:00Z","sequence_id":"7"}                             | wrong_type
          {"time":"2026-01-01T00:00:00Z","sequence_id":1,"battery":99999999999}         | out_of_range
          {"time":"2026-01-01T00:00:00Z"}                                               | missing_field
          {"time":"not a time","sequence_id":1}                                         | invalid_time
          {"time":"2027-01-01T00:00:00Z","sequence_id":1}                               | time_out_of_bounds
          {"time":"2026-01-01T00:00:00Z","sequence_id":1,"device_id":"other"}           | identity_mismatch
          {"time":"2026-01-01T00:00:00Z","sequence_id":1,"note":"\\u0000"}              | nul_character
          [1]                                                                           | not_an_object
          """)
  void refusesABadReading(String json, String reason) {
    Mapped.Unfit unfit = unfit(Records.telemetryTable(), record(0, json));
    assertThat(unfit.rejection().reason().code()).isEqualTo(reason);
    assertThat(unfit.byTable()).as("another table would not take it either").isFalse();
  }

  @Test
  void refusesATombstone() {
    assertThat(
            unfit(Records.telemetryTable(), record(0, bytes(Records.DEVICE_KEY), null))
                .rejection()
                .reason()
                .code())
        .isEqualTo("empty");
  }

  @Test
  void refusesAKeyThatNamesNoDevice() {
    byte[] value = bytes(Records.readingJson(1));
    List<byte[]> keys = List.of(bytes("nobody"), bytes("/d"), new byte[] {'u', '/', (byte) 0xff});
    for (byte[] key : keys) {
      Mapped.Unfit unfit = unfit(Records.telemetryTable(), record(0, key, value));
      assertThat(unfit.rejection().reason().code()).isEqualTo("invalid_identity");
    }
    assertThat(unfit(Records.telemetryTable(), record(0, null, value)).rejection().reason().code())
        .isEqualTo("invalid_identity");
  }

  @Test
  void blamesTheTableForAFieldThatDoesNotFitItsColumn() {
    Table table = Records.telemetryTable(column("humidity", "int4", false));
    Mapped.Unfit unfit = unfit(table, record(0, Records.readingJson(1)));
    assertThat(unfit.rejection().toString())
        .isEqualTo("wrong_type: humidity (40.5) is not an integer");
    assertThat(unfit.byTable()).isTrue();
  }

  @Test
  void takesAnyObjectInJsonFormat() {
    Row row = fitAlert("{\"alert_id\":\"a\",\"time\":\"2026-01-01T00:00:00+01:00\",\"value\":95}");
    assertThat(row.key()).containsExactly("a");
    assertThat(row.value(1)).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
    assertThat(row.value(2)).isEqualTo(95.0);
  }

  @Test
  void refusesAnUnknownFieldWithoutOverflowColumnUnlessToldToIgnoreIt() {
    String json = "{\"alert_id\":\"a\",\"colour\":\"red\"}";
    Mapped mapped = alertMapper().map(ALERTS, record(0, json));
    assertThat(((Mapped.Unfit) mapped).rejection().detail())
        .isEqualTo("table alerts_history has no column for colour");
    RowMapper ignoring =
        new RowMapper(
            Records.settings(
                "record.format", "json", "overflow.column", "", "unknown.fields", "ignore"),
            CLOCK);
    assertThat(ignoring.map(ALERTS, record(0, json))).isInstanceOf(Mapped.Fit.class);
  }

  @Test
  void refusesARecordWithoutItsKey() {
    Mapped mapped = alertMapper().map(ALERTS, record(0, "{\"value\":1}"));
    assertThat(((Mapped.Unfit) mapped).rejection().toString())
        .isEqualTo("missing_field: alert_id is missing: it belongs to the table's key");
  }

  @Test
  void saysWhichConverterIsWrong() {
    SinkRecord text =
        new SinkRecord("t", 0, null, null, Schema.STRING_SCHEMA, Records.readingJson(1), 0);
    assertThatThrownBy(() -> mapper().map(Records.telemetryTable(), text))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("value.converter=" + SinkSettings.BYTES_CONVERTER);
  }

  private static RowMapper mapper() {
    return new RowMapper(Records.settings(), CLOCK);
  }

  private static RowMapper alertMapper() {
    return new RowMapper(Records.settings("record.format", "json", "overflow.column", ""), CLOCK);
  }

  private static Row fit(Table table, SinkRecord record) {
    return ((Mapped.Fit) mapper().map(table, record)).row();
  }

  private static Row fitAlert(String json) {
    return ((Mapped.Fit) alertMapper().map(ALERTS, record(0, json))).row();
  }

  private static Mapped.Unfit unfit(Table table, SinkRecord record) {
    return (Mapped.Unfit) mapper().map(table, record);
  }
}
