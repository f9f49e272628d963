package dev.weir.system;

import dev.weir.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Gives tests a pipeline whose servers run in containers of the images that docker-compose.yml
 * names, open to everybody as the embedded ones are; Connect and the services are processes of this
 * build. Started once for all tests and closed by JUnit after the last. The engine has to be this
 * machine's own.
 */
final class ContainerStack implements BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ContainerStack.class);

  /** Here, so that what is missing fails a class once. */
  @Override
  public void beforeAll(ExtensionContext context) {
    var unused = running(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).stack;
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, unused -> Running.start(), Running.class);
  }

  /** The containers and what runs on them. */
  private static final class Running implements AutoCloseable {

    private static final int MQTT = 1883;
    private static final int KAFKA = 9092;
    private static final int POSTGRES = 5432;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<GenericContainer<?>> containers;
    private final LocalStack stack;

    private Running(List<GenericContainer<?>> containers, LocalStack stack) {
      this.containers = containers;
      this.stack = stack;
    }

    static Running start() {
      String emqx = ComposeFile.image("emqx");
      String kafka = ComposeFile.image("kafka");
      String timescale = ComposeFile.image("timescaledb");
      Docker.requireImages(List.of(emqx, kafka, timescale));
      GenericContainer<?> broker = emqx(emqx);
      GenericContainer<?> log =
          new KafkaContainer(DockerImageName.parse(kafka))
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
      GenericContainer<?> database = timescale(timescale);
      List<GenericContainer<?>> containers = List.of(broker, log, database);
      try {
        Startables.deepStart(containers).join();
        return new Running(
            containers,
            LocalStack.builder(newFolder())
                .brokerAt(broker.getMappedPort(MQTT))
                .kafkaAt(log.getMappedPort(KAFKA))
                .postgresAt(database.getMappedPort(POSTGRES))
                .connect()
                .alerts()
                .bridges(2)
                .start());
      } catch (RuntimeException e) {
        containers.forEach(GenericContainer::stop);
        throw e;
      }
    }

    /** What the services kept about one run's servers would be wrong about the next's. */
    private static Path newFolder() {
      try {
        return Files.createTempDirectory(
            ComposeFile.ROOT.resolve("system-tests/target"), "containers-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static GenericContainer<?> emqx(String image) {
      return new GenericContainer<>(DockerImageName.parse(image))
          .withExposedPorts(MQTT)
          .waitingFor(Wait.forListeningPort())
          .withStartupTimeout(LIMIT);
    }

    /** Its folder of data is a container's own: nothing of one run is there in the next. */
    private static GenericContainer<?> timescale(String image) {
      return new GenericContainer<>(DockerImageName.parse(image))
          .withExposedPorts(POSTGRES)
          .withEnv("POSTGRES_USER", "weir")
          .withEnv("POSTGRES_DB", "weir")
          .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
          .waitingFor(Wait.forSuccessfulCommand("pg_isready -q -h 127.0.0.1 -U weir -d weir"))
          .withStartupTimeout(LIMIT);
    }

    @Override
    public void close() {
      stack.close();
      containers.forEach(GenericContainer::stop);
    }
  }
}
