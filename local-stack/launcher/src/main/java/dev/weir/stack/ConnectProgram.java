package dev.weir.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Kafka Connect worker, set by the same {@code worker.properties} as everywhere, with this
 * machine's addresses put in; ready when its REST interface lists connectors.
 *
 * @param plugins folders with connectors beside the distribution's
 * @param environment what connectors may read as {@code ${env:NAME}}
 */
record ConnectProgram(
    Distribution distribution,
    Path directory,
    int port,
    String bootstrapServers,
    List<Path> plugins,
    Map<String, String> environment)
    implements Program {

  private static final JavaProgram JAVA =
      new JavaProgram("kafka", "256m", "dev.weir.stack.kafka.ConnectMain");

  @Override
  public String name() {
    return "connect";
  }

  URI uri() {
    return URI.create("http://%s:%d".formatted(Ports.HOST, port));
  }

  private Path settingsFile() {
    return directory.resolve("worker.properties");
  }

  @Override
  public void prepare() throws IOException {
    Map<String, String> settings = PropertiesFiles.read(distribution.workerProperties());
    settings.putIfAbsent("group.id", "weir-connect");
    settings.putIfAbsent("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.putIfAbsent(
        "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.putIfAbsent("plugin.discovery", "service_load");
    settings.putIfAbsent("offset.storage.partitions", "4");
    settings.putIfAbsent("status.storage.partitions", "2");
    for (String storage : List.of("config", "offset", "status")) {
      settings.putIfAbsent(storage + ".storage.topic", "connect-" + storage);
      settings.put(storage + ".storage.replication.factor", "1");
    }
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("listeners", uri().toString());
    settings.put("rest.advertised.host.name", Ports.HOST);
    settings.put("rest.advertised.port", Integer.toString(port));
    settings.put(
        "plugin.path",
        Stream.concat(Stream.of(distribution.plugins()), plugins.stream())
            .map(Path::toString)
            .collect(Collectors.joining(",")));
    settings.put("metric.reporters", "");
    settings.put("reconnect.backoff.max.ms", "300"); // so that it is there soon after Kafka is
    PropertiesFiles.write(settingsFile(), settings);
  }

  @Override
  public List<String> command(Path temporary) {
    return JAVA.command(distribution, temporary, List.of(settingsFile().toString()));
  }

  @Override
  public boolean isReady() throws Exception {
    new ConnectRest(uri()).list();
    return true;
  }
}
