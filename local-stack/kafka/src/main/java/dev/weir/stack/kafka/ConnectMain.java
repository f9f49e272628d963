package dev.weir.stack.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A distributed Kafka Connect worker with its REST interface as a program: {@code ConnectMain
 * <properties file>}. It waits for Kafka by itself and stops cleanly on SIGTERM (Connect installs
 * its own shutdown hook).
 */
public final class ConnectMain {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectMain.class);

  private ConnectMain() {}

  /** Runs the worker; see the class comment. */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: ConnectMain <properties file>");
      System.exit(2);
    }
    Properties properties = PropertiesFile.read(Path.of(args[0]));
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    Connect<?> worker = new ConnectDistributed().startConnect(settings);
    LOG.info("connect worker started: listeners={}", settings.get("listeners"));
    worker.awaitStop();
    LOG.info("connect worker stopped");
  }
}
