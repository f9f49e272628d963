package dev.weir.system;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The declarations of the full stack, as they stand in the source tree: what can be told about them
 * without an engine to run them.
 */
final class ComposeFile {

  static final Path ROOT = Path.of(System.getProperty("weir.root"));

  private ComposeFile() {}

  /** A YAML file, as maps and lists. */
  static Map<String, Object> yaml(String path) throws IOException {
    try (Reader reader = Files.newBufferedReader(ROOT.resolve(path))) {
      return map(yaml(reader));
    }
  }

  /**
   * Reads YAML in which no key may stand twice, and of whose tags only compose's own {@code
   * !override} is known: what it marks is read like any other.
   */
  static Object yaml(Reader file) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Yaml(new ComposeConstructor(strict)).load(file);
  }

  static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The services by name, what they share merged in. */
  static Map<String, Map<String, Object>> services(String path) throws IOException {
    Map<String, Map<String, Object>> services = new TreeMap<>();
    map(yaml(path).get("services")).forEach((name, service) -> services.put(name, map(service)));
    return services;
  }

  /** The image that a service of docker-compose.yml runs. */
  static String image(String service) {
    try {
      return String.valueOf(services("docker-compose.yml").get(service).get("image"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // what is no map fails the test that looks into it
  static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  static List<?> list(Object node) {
    return node == null ? List.of() : (List<?>) node;
  }

  private static final class ComposeConstructor extends SafeConstructor {

    ComposeConstructor(LoaderOptions options) {
      super(options);
      yamlConstructors.put(new Tag("!override"), new Replacement());
    }

    private final class Replacement extends AbstractConstruct {

      @Override
      public Object construct(Node node) {
        return node instanceof SequenceNode list
            ? constructSequence(list)
            : constructMapping((MappingNode) node);
      }
    }
  }
}
