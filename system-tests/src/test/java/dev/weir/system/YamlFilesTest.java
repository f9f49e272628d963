package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

/** Every YAML file of the source tree can be read, and writes no key twice. */
class YamlFilesTest {

  private static final Set<String> NOT_SOURCE = Set.of("target", "data", "certs");

  @Test
  void canBeRead_andWriteNoKeyTwice() throws IOException {
    List<Path> files = yamlFiles();
    assertThat(files)
        .contains(
            ComposeFile.ROOT.resolve("docker-compose.yml"),
            ComposeFile.ROOT.resolve("infra/prometheus/rules.yml"));
    for (Path file : files) {
      try (Reader reader = Files.newBufferedReader(file)) {
        assertThatCode(() -> ComposeFile.yaml(reader)).as("%s", file).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void tellsAKeyThatStandsTwice() {
    assertThatThrownBy(() -> ComposeFile.yaml(new StringReader("a: 1\nb: 2\na: 3\n")))
        .isInstanceOf(YAMLException.class)
        .hasMessageContaining("found duplicate key a");
  }

  private static List<Path> yamlFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ComposeFile.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                NOT_SOURCE.contains(name)
                    || (name.startsWith(".") && !folder.equals(ComposeFile.ROOT));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().matches(".*\\.ya?ml")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
