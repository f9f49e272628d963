package dev.weir.stack.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller in one, as a program: {@code KafkaMain <properties file>}.
 * Formats its directory at the first start; stops cleanly on SIGTERM. Kafka's own fault handlers
 * end the process when its storage fails.
 */
public final class KafkaMain {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaMain.class);

  /** The same for every local stack: the directory, not the id, is what tells them apart. */
  private static final String CLUSTER_ID = "V2VpckxvY2FsU3RhY2swMA";

  private KafkaMain() {}

  /** Runs Kafka; see the class comment. */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: KafkaMain <properties file>");
      System.exit(2);
    }
    Properties properties = PropertiesFile.read(Path.of(args[0]));
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    format(config);
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-kafka"));
    try {
      server.startup();
    } catch (RuntimeException e) {
      LOG.error("kafka could not start: directory={}", config.metadataLogDir(), e);
      Runtime.getRuntime().halt(3);
    }
    LOG.info("kafka started: listeners={}", properties.getProperty("advertised.listeners"));
    server.awaitShutdown();
  }

  private static void format(KafkaConfig config) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(CLUSTER_ID)
        .setNodeId(config.nodeId())
        .setIgnoreFormatted(true)
        .setControllerListenerName(config.controllerListenerNames().get(0))
        .setMetadataLogDirectory(config.metadataLogDir())
        .addDirectory(config.metadataLogDir())
        .setHasDynamicQuorum(false)
        .run();
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
    LOG.info("kafka stopped");
  }
}
