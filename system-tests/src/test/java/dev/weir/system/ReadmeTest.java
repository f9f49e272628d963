package dev.weir.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertsMain;
import dev.weir.bridge.BridgeMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README tells the settings as the services declare them. */
class ReadmeTest {

  @Test
  void showsEverySettingOfTheBridge() throws IOException {
    assertThat(readme()).contains(BridgeMain.definition().markdownTable());
  }

  @Test
  void showsEverySettingOfTheAlerts() throws IOException {
    assertThat(readme()).contains(AlertsMain.definition().markdownTable());
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of(System.getProperty("weir.root"), "README.md"));
  }
}
