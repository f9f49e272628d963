package dev.weir.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {

  @Test
  void staysTheSameInOneDirectoryAndDiffersInAnother(@TempDir Path directory) throws IOException {
    String first = InstanceId.keptIn(directory.resolve("a"));
    assertThat(first).matches("[0-9a-f]{8}");
    assertThat(InstanceId.keptIn(directory.resolve("a"))).isEqualTo(first);
    assertThat(InstanceId.keptIn(directory.resolve("b"))).isNotEqualTo(first);
  }
}
