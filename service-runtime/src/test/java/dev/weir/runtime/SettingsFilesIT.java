package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesIT {

  private static final ServiceDefinition SAMPLE = SampleService.definition();

  @TempDir Path folder;
  private Path file = Path.of("");
  private Path secret = Path.of("");

  @BeforeEach
  void nameFiles() {
    file = folder.resolve("sample.properties");
    secret = folder.resolve("password");
  }

  private Settings read(Map<String, String> environment, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "--config";
    args[1] = file.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return SettingsReader.read(SAMPLE, args, environment);
  }

  private List<String> problems(Map<String, String> environment, String... more) {
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> read(environment, more));
    assertThat(thrown).isNotNull();
    return thrown.problems();
  }

  @Test
  void aFileIsStrongerThanDefaultsAndWeakerThanTheRest() throws IOException {
    Files.writeString(file, "mqtt.port = 3 \nsample.mode=file\nkafka.linger.ms=5\nhttp.port=1\n");

    Settings settings = read(Map.of("MQTT_PORT", "2", "HTTP_PORT", "2"), "--http-port=9");

    assertThat(settings.get(SampleService.MODE)).isEqualTo("file");
    assertThat(settings.get(CommonSettings.MQTT_PORT)).isEqualTo(2);
    assertThat(settings.get(CommonSettings.httpPort(0))).isEqualTo(9);
    assertThat(settings.passthrough("kafka.")).containsEntry("linger.ms", "5");
  }

  @Test
  void saysAllThatIsWrongInAFile() throws IOException {
    Files.writeString(file, "mqtt.prot=3\nmqtt.port=x\nkafka.acks=1\nmqtt.port=y\n");

    assertThat(problems(Map.of()))
        .containsExactlyInAnyOrder(
            "mqtt.port (file %s): given more than once".formatted(file),
            "mqtt.prot (file %s): no such setting; did you mean mqtt.port?".formatted(file),
            "mqtt.port = 'y' (file %s): must be a whole number from 1 to 65535".formatted(file),
            "kafka.acks = '1' (file %s): cannot be set: an acknowledged reading must be on all replicas"
                .formatted(file));
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    assertThat(problems(Map.of()))
        .containsExactly("flag --config %s: cannot be read: no such file".formatted(file));

    Files.write(file, new byte[] {'a', '=', (byte) 0xff});
    assertThat(problems(Map.of()))
        .containsExactly("flag --config %s: cannot be read: it is not UTF-8 text".formatted(file));

    Files.writeString(file, "a=\\u00zz");
    assertThat(problems(Map.of())).singleElement().asString().contains("cannot be read: Malformed");
  }

  @Test
  void readsASecretFromItsFile() throws IOException {
    Files.writeString(file, "");
    Files.writeString(secret, " geheim \n");

    Settings settings = read(Map.of("MQTT_PASSWORD_FILE", secret.toString()));

    assertThat(settings.get(CommonSettings.MQTT_PASSWORD)).isEqualTo(" geheim ");
    assertThat(settings.shown())
        .contains(
            new Settings.Shown("mqtt.password", "****", "environment variable MQTT_PASSWORD_FILE"));
  }

  @Test
  void saysWhatIsWrongWithASecretsFile() throws IOException {
    Files.writeString(file, "");

    assertThat(problems(Map.of(), "--mqtt-password-file=" + secret))
        .containsExactly(
            "mqtt.password.file = '%s' (flag --mqtt-password-file): cannot be read: no such file"
                .formatted(secret));

    Files.writeString(secret, "geheim");
    assertThat(problems(Map.of("MQTT_PASSWORD", "anders"), "--mqtt-password-file=" + secret))
        .containsExactly(
            "mqtt.password.file = '%s' (flag --mqtt-password-file): give either this or mqtt.password, not both"
                .formatted(secret));
  }
}
