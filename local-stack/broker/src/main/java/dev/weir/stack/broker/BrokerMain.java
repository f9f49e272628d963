package dev.weir.stack.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT broker as a program: {@code BrokerMain <data directory> <port> [<shared
 * subscription>...]}. It creates the queues of these subscriptions, then serves MQTT 3.1.1 and 5 on
 * loopback until it is told to stop (SIGTERM). It ends at once with exit code 1 when its disk
 * fails: a broker that can no longer write must not go on acknowledging.
 */
public final class BrokerMain {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  /** Runs the broker; see the class comment. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: BrokerMain <data directory> <port> [<shared subscription>...]");
      System.exit(2);
    }
    Path directory = Path.of(args[0]).toAbsolutePath().normalize();
    int port = Integer.parseInt(args[1]);
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    try {
      start(broker, directory, port, List.of(args).subList(2, args.length));
    } catch (Exception e) {
      LOG.error("broker could not start: directory={} port={}", directory, port, e);
      Runtime.getRuntime().halt(3);
    }
    LOG.info("broker started: mqtt=127.0.0.1:{} directory={}", port, directory);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(broker);
                  stopped.countDown();
                },
                "stop-broker"));
    stopped.await();
  }

  private static void start(
      EmbeddedActiveMQ broker, Path directory, int port, List<String> subscriptions)
      throws Exception {
    broker.setConfiguration(BrokerConfiguration.of(directory, port));
    broker.createActiveMQServer();
    broker
        .getActiveMQServer()
        .registerIOCriticalErrorListener(
            (cause, message, file) -> {
              LOG.error("disk failed, broker ends: message={} file={}", message, file, cause);
              Runtime.getRuntime().halt(1);
            });
    broker.start();
    if (!broker.getActiveMQServer().isActive()) {
      throw new IllegalStateException("the server did not become active; see the log above");
    }
    for (String subscription : subscriptions) {
      new SharedQueue(subscription).createIn(broker.getActiveMQServer());
    }
    broker
        .getActiveMQServer()
        .getRemotingService()
        .getAcceptor(BrokerConfiguration.ACCEPTOR)
        .start();
  }

  private static void stop(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
      LOG.info("broker stopped");
    } catch (Exception e) {
      LOG.warn("broker did not stop cleanly; its journal holds everything acknowledged", e);
    }
  }
}
