package dev.weir.cli.prove;

import dev.weir.stack.Component;
import dev.weir.stack.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a pipeline flows: every service ready, every session slot connected exactly once
 * over all bridges, and how new the newest stored reading is. One thread.
 */
final class PipelineHealth implements AutoCloseable {

  private static final String NEWEST = "SELECT time FROM raw_telemetry ORDER BY time DESC LIMIT 1";

  private final LocalStack stack;
  private final ServiceProbe probe;
  private @Nullable Connection connection;

  PipelineHealth(LocalStack stack, ServiceProbe probe) {
    this.stack = stack;
    this.probe = probe;
  }

  /**
   * One look.
   *
   * @param troubles what is not as it should be, in words; empty where all is well
   * @param newestStored the time of the newest reading in the table
   */
  record Pulse(List<String> troubles, Instant newestStored) {

    boolean isFlowing() {
      return troubles.isEmpty();
    }
  }

  Pulse look() throws InterruptedException {
    List<String> troubles = new ArrayList<>();
    if (!probe.isReady(stack.alerts())) {
      troubles.add("alerts is not ready");
    }
    slots(troubles);
    Instant newest = Instant.MIN;
    if (troubles.isEmpty()) { // else it would only cost time
      newest = newestStored(troubles);
    }
    return new Pulse(List.copyOf(troubles), newest);
  }

  private void slots(List<String> troubles) throws InterruptedException {
    long slots = 0;
    long connected = 0;
    for (Component bridge : stack.bridges()) {
      ServiceMetrics metrics = probe.metrics(bridge).orElse(null);
      if (metrics == null || !probe.isReady(bridge)) {
        troubles.add(bridge + " is not ready");
        return;
      }
      slots = Math.max(slots, metrics.sum("weir_bridge_slots"));
      connected += metrics.sum("weir_bridge_slots_connected");
    }
    if (slots == 0 || connected != slots) {
      troubles.add("%d of %d session slots are connected".formatted(connected, slots));
    }
  }

  /** A connection from before a restart is worth nothing, so it tries a new one too. */
  private Instant newestStored(List<String> troubles) {
    boolean fresh = connection == null;
    try {
      return newestStored();
    } catch (SQLException e) {
      close();
      if (!fresh) {
        return newestStored(troubles);
      }
      troubles.add("PostgreSQL does not answer");
      return Instant.MIN;
    }
  }

  private Instant newestStored() throws SQLException {
    Connection open = connection == null ? connect() : connection;
    connection = open;
    try (Statement statement = open.createStatement();
        ResultSet row = statement.executeQuery(NEWEST)) {
      return row.next() ? row.getTimestamp(1).toInstant() : Instant.MIN;
    }
  }

  private Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("connectTimeout", "2");
    settings.setProperty("socketTimeout", "2");
    settings.setProperty("ApplicationName", "weir-prove");
    return DriverManager.getConnection(stack.jdbcUrl(), settings);
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is given up either way.
      }
    }
  }
}
