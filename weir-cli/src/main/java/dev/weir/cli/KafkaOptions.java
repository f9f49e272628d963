package dev.weir.cli;

import dev.weir.deadletters.KafkaAccess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where Kafka is: the options of every command that works with it. */
public final class KafkaOptions {

  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String LOCAL = "127.0.0.1:9092";

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka (default: " + LOCAL + ", or what the file of --kafka-config says).")
  private @Nullable String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for Kafka's clients, such as those of TLS and SASL.")
  private @Nullable Path kafkaConfig;

  /**
   * How Kafka is reached.
   *
   * @param command whose options these are
   * @throws ParameterException where the file cannot be read
   */
  KafkaAccess access(CommandSpec command) {
    Map<String, String> properties = new HashMap<>();
    if (kafkaConfig != null) {
      Properties file = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new ParameterException(
            command.commandLine(), "--kafka-config: cannot read " + kafkaConfig);
      }
      file.stringPropertyNames().forEach(name -> properties.put(name, file.getProperty(name)));
    }
    if (kafka != null) {
      properties.put(BOOTSTRAP, kafka);
    }
    properties.putIfAbsent(BOOTSTRAP, LOCAL);
    return new KafkaAccess(properties);
  }
}
