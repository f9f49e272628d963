package dev.weir.bench.hivemq;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * HiveMQ Community Edition on loopback. It keeps sessions and queues in files, as its makers ship
 * it, and tells nobody that it runs.
 */
public final class HiveMqMain {

  /**
   * Its defaults would drop what waits beyond 1,000 messages, let each publisher have 10 in flight
   * and report statistics to its makers.
   */
  private static final String CONFIGURATION =
      """
      <hivemq>
        <listeners>
          <tcp-listener>
            <port>%s</port>
            <bind-address>127.0.0.1</bind-address>
          </tcp-listener>
        </listeners>
        <mqtt>
          <queued-messages>
            <max-queue-size>10000000</max-queue-size>
          </queued-messages>
          <receive-maximum>
            <server-receive-maximum>4000</server-receive-maximum>
          </receive-maximum>
        </mqtt>
        <anonymous-usage-statistics>
          <enabled>false</enabled>
        </anonymous-usage-statistics>
      </hivemq>
      """;

  private HiveMqMain() {}

  /**
   * Arguments: an empty folder for settings and data, and the port. Says {@code ready} on its
   * standard output once it listens, and ends with its standard input; its log goes to standard
   * error.
   */
  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Path folder = Path.of(args[0]);
    Path settings = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(settings.resolve("config.xml"), CONFIGURATION.formatted(args[1]));
    // without an extension that says who may come in, nobody may
    InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
    EmbeddedHiveMQ server =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(settings)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .build();
    try {
      server.start().join();
      answers.println("ready");
      answers.flush();
      while (System.in.read() >= 0) {
        // nobody says anything
      }
    } finally {
      server.close();
    }
  }
}
