package dev.weir.stack;

import static dev.weir.stack.StackPrograms.require;

import dev.weir.stack.LocalStackBuilder.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline on this machine: broker, Kafka, Connect, PostgreSQL and Weir's services, each a
 * process of its own on loopback, with all data under one folder. No process outlives this one,
 * however it ends. Safe for use by several threads.
 */
public final class LocalStack implements AutoCloseable {

  static final Duration READY_LIMIT = Duration.ofMinutes(2);

  private final DataFolder data;
  private final StackPrograms programs;
  private final Consumer<ComponentFailure> onFailure;
  private final List<ComponentFailure> failures = new CopyOnWriteArrayList<>();
  private final List<Component> bridges = new CopyOnWriteArrayList<>();
  private final List<Component> moreAlerts = new CopyOnWriteArrayList<>();
  private final @Nullable Component broker;
  private final @Nullable Component kafka;
  private final @Nullable Component postgres;
  private final @Nullable Component connect;
  private final @Nullable Component alerts;
  private boolean closed;

  LocalStack(
      DataFolder data,
      StackPrograms programs,
      int bridgeReplicas,
      Consumer<ComponentFailure> onFailure) {
    this.data = data;
    this.programs = programs;
    this.onFailure = onFailure;
    broker = server(Part.BROKER, programs.broker);
    kafka = server(Part.KAFKA, programs.kafka);
    postgres = server(Part.POSTGRES, programs.postgres);
    connect = component(programs.connect);
    alerts = component(programs.alerts);
    for (int number = 1; number <= bridgeReplicas; number++) {
      bridges.add(newComponent(programs.bridge(number)));
    }
  }

  /** Begins the description of a stack that keeps everything in this folder. */
  public static LocalStackBuilder builder(Path dataDirectory) {
    return new LocalStackBuilder(dataDirectory);
  }

  private @Nullable Component server(Part part, @Nullable Program program) {
    return programs.isElsewhere(part) ? null : component(program);
  }

  private @Nullable Component component(@Nullable Program program) {
    return program == null ? null : newComponent(program);
  }

  private Component newComponent(Program program) {
    return new Component(program, data, this::failed);
  }

  private void failed(ComponentFailure failure) {
    failures.add(failure);
    onFailure.accept(failure);
  }

  void start() {
    try {
      new StackStart(programs, this).run();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts one more bridge replica and waits until it is ready. */
  public synchronized Component addBridge() {
    Component bridge = newComponent(programs.bridge(bridges.size() + 1));
    bridges.add(bridge);
    bridge.start();
    bridge.awaitReady(READY_LIMIT);
    return bridge;
  }

  /** Starts one more replica of the alerts service and waits until it is ready. */
  public synchronized Component addAlerts() {
    Component replica = newComponent(programs.moreAlerts(moreAlerts.size() + 2));
    moreAlerts.add(replica);
    replica.start();
    replica.awaitReady(READY_LIMIT);
    return replica;
  }

  /** Where devices connect, on 127.0.0.1. */
  public int mqttPort() {
    return programs.mqttPort();
  }

  /** Kafka's address, as clients want it. */
  public String bootstrapServers() {
    return require(programs.kafka, "kafka").bootstrapServers();
  }

  /** Connect's REST address. */
  public URI connectUrl() {
    return require(programs.connect, "connect").uri();
  }

  /** The database, user included; there is no password on loopback. */
  public String jdbcUrl() {
    return require(programs.postgres, "postgres").jdbcUrl() + "?user=" + PostgresProgram.USER;
  }

  /** The MQTT broker. */
  public Component broker() {
    return require(broker, "broker");
  }

  /** The Kafka node. */
  public Component kafka() {
    return require(kafka, "kafka");
  }

  /** The Connect worker. */
  public Component connect() {
    return require(connect, "connect");
  }

  /** The database server. */
  public Component postgres() {
    return require(postgres, "postgres");
  }

  /** One bridge replica, counted from 0. */
  public Component bridge(int index) {
    return bridges.get(index);
  }

  /** All bridge replicas, running or not. */
  public List<Component> bridges() {
    return List.copyOf(bridges);
  }

  /** The alerts service. */
  public Component alerts() {
    return require(alerts, "alerts");
  }

  /** Every part of this stack. */
  public List<Component> components() {
    List<Component> all = new ArrayList<>();
    for (Component part : new Component[] {broker, kafka, postgres, connect, alerts}) {
      if (part != null) {
        all.add(part);
      }
    }
    all.addAll(bridges);
    all.addAll(moreAlerts);
    return all;
  }

  /** The connections between its parts, and from devices; none unless it is cuttable. */
  public List<Link> links() {
    Links links = programs.links();
    return links == null ? List.of() : links.all();
  }

  /** Components that ended although nobody asked them to, in that order. */
  public List<ComponentFailure> failures() {
    return List.copyOf(failures);
  }

  /**
   * Stops everything in the order in which data flows: first who takes in (bridge), then who reads
   * Kafka (alerts, Connect), then the servers they spoke to. Does nothing when called again.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      stopTogether(bridges);
      stopTogether(moreAlerts);
      stopTogether(Arrays.asList(alerts, connect));
      stopTogether(Arrays.asList(kafka, postgres, broker));
    } finally {
      closeLinks();
      data.close();
    }
  }

  private void closeLinks() {
    Links links = programs.links();
    if (links != null) {
      links.close();
    }
  }

  private static void stopTogether(List<@Nullable Component> parts) {
    Together.run(parts.stream().filter(Objects::nonNull).<Runnable>map(c -> c::close).toList());
  }
}
