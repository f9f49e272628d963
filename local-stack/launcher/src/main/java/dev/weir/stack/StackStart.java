package dev.weir.stack;

import dev.weir.stack.LocalStackBuilder.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a stack's parts at the same time; each waits only for what it needs. The servers start at
 * once, Connect too (it waits for Kafka by itself); the services when broker and topics are there;
 * the connectors when worker, topics and tables are.
 */
final class StackStart {

  private static final Duration CONNECTOR_LIMIT = Duration.ofMinutes(1);

  private final StackPrograms programs;
  private final LocalStack stack;

  StackStart(StackPrograms programs, LocalStack stack) {
    this.programs = programs;
    this.stack = stack;
  }

  /** Returns when everything is ready; throws at the first part that cannot be. */
  void run() {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      var broker = chosen(programs.broker, threads, this::broker);
      var kafka = chosen(programs.kafka, threads, this::kafka);
      var postgres = chosen(programs.postgres, threads, this::postgres);
      var worker = chosen(programs.connect, threads, () -> startAndWait(stack.connect()));
      var connectors =
          CompletableFuture.allOf(worker, kafka, postgres).thenRunAsync(this::connectors, threads);
      var ready = new ArrayList<>(List.of(broker, kafka, postgres, worker, connectors));
      var brokerAndTopics = CompletableFuture.allOf(broker, kafka);
      services()
          .forEach(
              service ->
                  ready.add(brokerAndTopics.thenRunAsync(() -> startAndWait(service), threads)));
      Together.await(firstFailureOrAll(ready));
    } finally {
      threads.shutdownNow();
    }
  }

  private Stream<Component> services() {
    Stream<Component> alerts = programs.alerts == null ? Stream.empty() : Stream.of(stack.alerts());
    return Stream.concat(stack.bridges().stream(), alerts);
  }

  private static CompletableFuture<Void> chosen(
      @Nullable Program program, ExecutorService threads, Runnable start) {
    return program == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(start, threads);
  }

  private static CompletableFuture<?> firstFailureOrAll(List<CompletableFuture<Void>> parts) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    for (CompletableFuture<Void> part : parts) {
      var unused =
          part.whenComplete(
              (done, problem) -> {
                if (problem != null) {
                  failure.completeExceptionally(problem);
                }
              });
    }
    return CompletableFuture.anyOf(
        failure, CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)));
  }

  private static void startAndWait(Component component) {
    component.start();
    component.awaitReady(LocalStack.READY_LIMIT);
  }

  private void broker() {
    if (!programs.isElsewhere(Part.BROKER)) {
      startAndWait(stack.broker());
    }
  }

  private void kafka() {
    if (!programs.isElsewhere(Part.KAFKA)) {
      startAndWait(stack.kafka());
    }
    try (TopicCreator creator = new TopicCreator(stack.bootstrapServers())) {
      creator.create(programs.topics);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (StackException e) {
      throw e;
    } catch (Exception e) {
      throw new StackException("Cannot create the Kafka topics: " + e.getMessage(), e);
    }
  }

  private void postgres() {
    if (!programs.isElsewhere(Part.POSTGRES)) {
      startAndWait(stack.postgres());
    }
    Path schema = programs.distribution.schema();
    try {
      StackPrograms.require(programs.postgres, "postgres").applySchema(schema);
    } catch (SQLException | IOException e) {
      throw new StackException("Cannot apply %s: %s".formatted(schema, e.getMessage()), e);
    }
  }

  private void connectors() {
    Path folder = programs.connectors;
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    ConnectRest rest = new ConnectRest(stack.connectUrl());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> connectors =
          files.filter(f -> f.getFileName().toString().endsWith(".json")).sorted().toList();
      for (Path connector : connectors) {
        rest.apply(name(connector), Files.readString(connector));
      }
      for (Path connector : connectors) {
        rest.awaitRunning(name(connector), CONNECTOR_LIMIT);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new StackException("Cannot apply the connectors: " + e.getMessage(), e);
    }
  }

  private static String name(Path connector) {
    return connector.getFileName().toString().replaceFirst("\\.json$", "");
  }

  private static StackException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StackException("Interrupted while starting.", e);
  }
}
