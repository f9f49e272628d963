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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that skips, repeats and begins to count anew: from MQTT to the table device_audit. */
@ExtendWith(SharedStack.class)
@Timeout(180)
class DeviceAuditIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Device DEVICE = new Device("audited", "d1");
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void whatADeviceCountsIsInTheTable(LocalStack stack) {
    double before = audited(stack);
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(stack.mqttPort())
            .buildBlocking();
    client.connect();
    try {
      publish(client, 1, 1);
      publish(client, 2, 2);
      publish(client, 2, 2);
      publish(client, 6, 6);
      awaitRow(stack, "6 missing=3 3-5 filled=0 duplicates=1 restarts=0");
      publish(client, 4, 4);
      awaitRow(stack, "6 missing=2 3-3,5-5 filled=1 duplicates=1 restarts=0");
      publish(client, 3, 3);
      publish(client, 5, 5);
      awaitRow(stack, "6 missing=0  filled=3 duplicates=1 restarts=0");
      publish(client, 0, 20);
      publish(client, 1, 21);
      awaitRow(stack, "1 missing=0  filled=3 duplicates=1 restarts=1");
    } finally {
      client.disconnect();
    }
    assertThat(audited(stack) - before).isGreaterThanOrEqualTo(9);
    assertThat(value(stack, "SELECT count(*) FROM device_audit WHERE last_seen IS NULL"))
        .isEqualTo("0");
  }

  private static double audited(LocalStack stack) {
    return Metrics.of(stack.alerts()).value("weir_audit_readings_total");
  }

  private void publish(Mqtt5BlockingClient client, long sequence, long seconds) {
    String json =
        "{\"time\":\"%s\",\"sequence_id\":%d}".formatted(begin.plusSeconds(seconds), sequence);
    client
        .publishWith()
        .topic(MqttTopics.telemetry(DEVICE))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(json.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private static void awaitRow(LocalStack stack, String expected) {
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
                                + " FROM device_audit WHERE user_id = 'audited'"))
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
