package dev.weir.stack.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * How the broker is set so that an acknowledged message is on disk and stays there: every write
 * synced before its PUBACK, a full memory pages to disk instead of dropping, nothing is deleted by
 * itself, no number of redeliveries gives a message up.
 */
final class BrokerConfiguration {

  static final String ACCEPTOR = "mqtt";

  private static final int MIB = 1 << 20;

  private BrokerConfiguration() {}

  /**
   * All directories are absolute: with relative ones two brokers would share and empty a folder.
   */
  static Configuration of(Path directory, int port) throws Exception {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration.setName("weir");
    configuration
        .setPersistenceEnabled(true)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setGracefulShutdownEnabled(false);
    configuration
        .setJournalDirectory(directory.resolve("journal").toString())
        .setBindingsDirectory(directory.resolve("bindings").toString())
        .setPagingDirectory(directory.resolve("paging").toString())
        .setLargeMessagesDirectory(directory.resolve("large").toString());
    journal(configuration);
    // A disk nearly full shall not silently stop publishers: writing fails when it is full, and a
    // failed write ends the broker (BrokerMain), which everyone sees.
    configuration.setMaxDiskUsage(-1);
    configuration.addAddressSetting("#", everyAddress());
    configuration.addAcceptorConfiguration(acceptor(port));
    configuration.registerBrokerPlugin(new KeepIngestQueue());
    configuration.setIncomingInterceptorClassNames(List.of(RefuseTooLarge.class.getName()));
    return configuration;
  }

  private static void journal(ConfigurationImpl configuration) {
    configuration
        .setJournalType(JournalType.NIO)
        .setJournalSyncNonTransactional(true)
        .setJournalSyncTransactional(true)
        .setJournalDatasync(true);
    configuration
        .setJournalBufferTimeout_NIO(500_000)
        .setJournalBufferSize_NIO(MIB)
        .setJournalFileSize(10 * MIB)
        .setJournalMinFiles(2)
        .setJournalPoolFiles(10);
  }

  private static AddressSettings everyAddress() {
    return new AddressSettings()
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setMaxSizeBytes(64L * MIB)
        .setPageSizeBytes(4 * MIB)
        .setPageCacheMaxSize(5)
        .setAutoCreateQueues(true)
        .setAutoCreateAddresses(true)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false)
        .setRedeliveryDelay(0)
        .setMaxDeliveryAttempts(-1);
  }

  /**
   * One acceptor for MQTT 3.1.1 and 5; packets up to MQTT's own limit of 256 MiB. It is opened when
   * the queues are there.
   */
  private static TransportConfiguration acceptor(int port) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
    parameters.put(TransportConstants.PORT_PROP_NAME, port);
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    parameters.put(TransportConstants.TCP_NODELAY_PROPNAME, true);
    parameters.put("maximumPacketSize", RefuseTooLarge.MAXIMUM_BYTES);
    parameters.put(TransportConstants.AUTO_START, false);
    return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR);
  }
}
