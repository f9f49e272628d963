package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One stack for all of these: each leaves it running. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ComponentsIT {

  private static final Duration READY = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static LocalStack stack;

  @BeforeAll
  static void startStack() throws Exception {
    Path none = Files.createDirectories(folder.resolve("connectors"));
    stack =
        LocalStack.builder(folder.resolve("data"))
            .broker()
            .kafka()
            .postgres()
            .connect()
            .connectors(none)
            .start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
    assertThat(stack.components()).noneMatch(Component::isAlive);
  }

  @Test
  void hasTopicsAndTablesAndWorker() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get()).contains("telemetry", "bridge-slots");
    }
    assertThat(count("raw_telemetry")).isZero();
    assertThat(new ConnectRest(stack.connectUrl()).list()).isEmpty();
    assertThat(MqttProbe.isAccepting(stack.mqttPort())).isTrue();
  }

  @Test
  void createsTopicsOnceAndAddsPartitionsOnly() throws Exception {
    String servers = stack.bootstrapServers();
    try (TopicCreator creator = new TopicCreator(servers);
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      for (int partitions : new int[] {2, 2, 3, 1}) {
        creator.create(List.of(new TopicDeclaration("grown", partitions, Map.of())));
      }
      var grown = admin.describeTopics(List.of("grown")).topicNameValues().values();
      assertThat(grown)
          .singleElement()
          .satisfies(topic -> assertThat(topic.get().partitions()).hasSize(3));
    }
  }

  @Test
  void postgresKeepsCommittedRows_whenKilledOrStopped() throws Exception {
    execute("CREATE TABLE kept (n int)");
    execute("INSERT INTO kept VALUES (1)");
    again(stack.postgres(), stack.postgres()::kill);
    execute("INSERT INTO kept VALUES (2)");
    again(stack.postgres(), stack.postgres()::stop);

    assertThat(count("kept")).isEqualTo(2);
  }

  @Test
  void kafkaKeepsRecords_whenKilledOrStopped() throws Exception {
    send();
    again(stack.kafka(), stack.kafka()::kill);
    send();
    again(stack.kafka(), stack.kafka()::stop);

    TopicPartition partition = new TopicPartition("telemetry.parked", 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()));
      assertThat(end.partitionResult(partition).get().offset()).isEqualTo(2);
    }
  }

  @Test
  void connectComesBack_whenKilledOrStopped() throws Exception {
    again(stack.connect(), stack.connect()::kill);
    again(stack.connect(), stack.connect()::stop);

    assertThat(new ConnectRest(stack.connectUrl()).list()).isEmpty();
  }

  @Test
  void postgresHangsAndGoesOn() throws Exception {
    Component postgres = stack.postgres();
    try (Connection before = DriverManager.getConnection(stack.jdbcUrl() + "&socketTimeout=1")) {
      postgres.suspend();

      assertThat(postgres.isAlive()).isTrue();
      assertThatThrownBy(() -> before.createStatement().execute("SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
    postgres.resume();
    postgres.awaitReady(READY);
    assertThat(count("raw_telemetry")).isZero();
  }

  @Test
  void brokerHangsAndGoesOn() {
    stack.broker().suspend();
    assertThat(MqttProbe.isAccepting(stack.mqttPort())).isFalse();

    stack.broker().resume();
    stack.broker().awaitReady(READY);
  }

  @Test
  void stopsEvenWhatHangs() {
    stack.broker().suspend();
    stack.broker().stop();
    assertThat(stack.broker().isAlive()).isFalse();

    stack.broker().start();
    stack.broker().awaitReady(READY);
  }

  @Test
  void tellsOfAComponentThatEndsByItself() {
    Component connect = stack.connect();
    int before = stack.failures().size();
    Commands.signal("KILL", ProcessHandle.of(connect.pid()).stream().toList());

    await().until(() -> stack.failures().size() > before);
    ComponentFailure failure = stack.failures().get(before);
    assertThat(failure.component()).isEqualTo("connect");
    assertThat(failure.exitCode()).isEqualTo(128 + 9);
    assertThat(failure.describe()).contains("connect ended unexpectedly with exit code 137");
    assertThat(failure.lastLogLines()).isNotEmpty();

    connect.start();
    connect.awaitReady(READY);
  }

  private static void again(Component component, Runnable end) {
    int failures = stack.failures().size();
    end.run();
    assertThat(component.isAlive()).isFalse();
    component.start();
    component.awaitReady(READY);
    assertThat(stack.failures()).hasSize(failures);
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(stack.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String table) throws SQLException {
    try (var connection = DriverManager.getConnection(stack.jdbcUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void send() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] value = "kept".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>("telemetry.parked", value)).get(30, TimeUnit.SECONDS);
    }
  }
}
