package dev.weir.cli.up;

import dev.weir.stack.LocalStack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What a newcomer sees once the pipeline is ready: where everything is, and what to try next. */
public final class Welcome {

  private Welcome() {}

  /** Prints it. */
  public static void print(PrintWriter out, LocalStack stack, Path data, Duration took) {
    String postgres = psql(stack);
    out.printf(Locale.ROOT, "READY after %.1f s%n%n", took.toMillis() / 1e3);
    out.printf("  MQTT        127.0.0.1:%d%n", stack.mqttPort());
    out.printf("  Kafka       %s%n", stack.bootstrapServers());
    out.printf("  Connect     %s%n", stack.connectUrl());
    out.printf("  PostgreSQL  %s%n", postgres);
    out.printf("  bridge      %s  (/live /ready /metrics)%n", stack.bridge(0).http());
    out.printf("  alerts      %s  (/live /ready /metrics)%n", stack.alerts().http());
    out.printf("  logs        %s%n%n", data.resolve("logs"));
    out.println("Try, in another terminal:");
    out.printf("  mosquitto_sub -p %d -t users/u1/alerts%n", stack.mqttPort());
    out.printf(
        "  mosquitto_pub -p %d -q 1 -t users/u1/devices/d1/telemetry -m "
            + "'{\"time\":\"2026-01-01T00:00:00Z\",\"sequence_id\":1,\"temperature\":95.5,"
            + "\"battery\":80,\"humidity\":40.5}'%n",
        stack.mqttPort());
    out.printf(
        "  psql '%s' -c 'SELECT * FROM raw_telemetry ORDER BY time DESC LIMIT 5'%n", postgres);
    out.printf("  ./weir load --broker 127.0.0.1:%d --rate 200 --duration 20s%n", stack.mqttPort());
    out.printf("  ./weir connectors status --connect %s%n%n", stack.connectUrl());
    out.println("Ctrl-C drains and stops everything.");
    out.println();
    out.flush();
  }

  private static String psql(LocalStack stack) {
    // postgresql://user@host:port/database is what psql and most tools take.
    String url = stack.jdbcUrl().substring("jdbc:postgresql://".length());
    int query = url.indexOf('?');
    String address = query < 0 ? url : url.substring(0, query);
    return "postgresql://weir@" + address;
  }
}
