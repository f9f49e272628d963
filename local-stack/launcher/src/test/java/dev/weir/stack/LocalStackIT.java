package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LocalStackIT {

  @TempDir Path folder;

  @Test
  void startsEverythingOnFreePortsWithTopicsTablesAndWorker() throws Exception {
    Path none = Files.createDirectories(folder.resolve("connectors"));
    try (LocalStack stack =
        LocalStack.builder(folder.resolve("data"))
            .broker()
            .kafka()
            .postgres()
            .connect()
            .connectors(none)
            .start()) {
      assertThat(MqttProbe.isAccepting(stack.mqttPort())).isTrue();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
        assertThat(admin.listTopics().names().get()).contains("telemetry", "bridge-slots");
      }
      try (var connection = DriverManager.getConnection(stack.jdbcUrl());
          var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT count(*) FROM raw_telemetry")) {
        assertThat(rows.next()).isTrue();
      }
      ConnectRest rest = new ConnectRest(stack.connectUrl());
      assertThat(rest.list()).isEmpty();
      assertThat(stack.failures()).isEmpty();
    }
  }
}
