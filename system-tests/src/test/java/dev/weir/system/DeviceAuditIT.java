package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import dev.weir.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that skips, repeats and begins to count anew: from MQTT to the table device_audit. */
@ExtendWith(SharedStack.class)
@Timeout(180)
@Tag("long")
class DeviceAuditIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One that the stack's data, which outlives a run, does not know. */
  private final Device device = new Device("audited", UUID.randomUUID().toString());

  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void whatADeviceCountsIsInTheTable(LocalStack stack) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.connect();
    try {
      publish(stack, client, 1, 1);
      publish(stack, client, 2, 2);
      publish(stack, client, 2, 2);
      publish(stack, client, 6, 6);
      awaitRow(stack, "6 missing=3 3-5 filled=0 duplicates=1 restarts=0");
      publish(stack, client, 4, 4);
      awaitRow(stack, "6 missing=2 3-3,5-5 filled=1 duplicates=1 restarts=0");
      publish(stack, client, 3, 3);
      publish(stack, client, 5, 5);
      awaitRow(stack, "6 missing=0  filled=3 duplicates=1 restarts=0");
      publish(stack, client, 0, 20);
      publish(stack, client, 1, 21);
      awaitRow(stack, "1 missing=0  filled=3 duplicates=1 restarts=1");
    } finally {
      client.disconnect();
    }
    assertThat(value(stack, "SELECT count(*) FROM device_audit WHERE last_seen IS NULL"))
        .isEqualTo("0");
  }

  private static double audited(LocalStack stack) {
    return Metrics.of(stack.alerts()).value("weir_audit_readings_total");
  }

  /** Returns when it is audited, because the broker may hand the next one to another session. */
  private void publish(LocalStack stack, Mqtt5BlockingClient client, long sequence, long seconds) {
    double before = audited(stack);
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(begin.plusSeconds(seconds), sequence);
    client
        .publishWith()
        .topic(MqttTopics.telemetry(device))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(json.getBytes(StandardCharsets.UTF_8))
        .send();
    await("the reading is audited").atMost(PATIENCE).until(() -> audited(stack) > before);
  }

  private void awaitRow(LocalStack stack, String expected) {
    await()
        .alias("the device's row")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        value(
                            stack,
                            "SELECT last_sequence_id || ' missing=' || missing || ' ' ||"
                                + " coalesce((SELECT string_agg((g ->> 'from') || '-' || (g ->> 'to'), ',')"
                                + " FROM jsonb_array_elements(open_gaps) g), '') || ' filled=' || filled ||"
                                + " ' duplicates=' || duplicates || ' restarts=' || restarts"
                                + " FROM device_audit WHERE device_id = '"
                                + device.id()
                                + "'"))
                    .isEqualTo(expected));
  }

  private static String value(LocalStack stack, String query) {
    try (Connection connection = DriverManager.getConnection(stack.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }
}
