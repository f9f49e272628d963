package dev.weir.sink;

import static dev.weir.sink.Records.reading;
import static dev.weir.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table on a file system that is full; mounting one needs root. */
@Tag("debian")
@Timeout(120)
class DiskFullIT {

  @TempDir static Path folder;
  private static TestDatabase database;
  private static Path disk;

  @BeforeAll
  static void start() throws Exception {
    database = new TestDatabase(folder);
    disk = Files.createDirectory(folder.resolve("postgres/tiny"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    run("chown", "--reference=" + folder.resolve("postgres/data"), disk.toString());
    database.execute("CREATE TABLESPACE tiny LOCATION '" + disk + "'");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    run("umount", disk.toString());
  }

  @Test
  void waitsWithGoodRows_untilThereIsRoomForThem() throws Exception {
    String table = database.telemetryTable("cramped");
    database.execute(
        "ALTER TABLE cramped SET TABLESPACE tiny", "ALTER INDEX cramped_pkey SET TABLESPACE tiny");
    try (RunningTask task = new RunningTask(database.url(), "table", table)) {
      long next = 0;
      RetriableException full = null;
      while (full == null && next < 100_000 && task.deadLetters().letters.isEmpty()) {
        try {
          task.putOnce(portion(next));
          next += 1000;
        } catch (RetriableException e) {
          full = e;
        }
      }
      long stuck = next;
      assertThat(full).hasMessageContaining("53100").hasMessageContaining("No space left");
      assertThatThrownBy(() -> task.putOnce(portion(stuck))).isInstanceOf(RetriableException.class);
      assertThat(task.deadLetters().letters).isEmpty();
      assertThat(database.count(table)).isEqualTo(stuck);

      run("mount", "-o", "remount,size=64m", disk.toString());
      task.put(portion(stuck));
      task.put(List.of(record(1_000_000, "{")));
      assertThat(database.count(table)).isEqualTo(stuck + 1000);
      assertThat(task.deadLetters().offsets()).as("only what is bad").containsExactly(1_000_000L);
    }
  }

  private static List<SinkRecord> portion(long from) {
    return LongStream.range(from, from + 1000).mapToObj(offset -> reading(offset)).toList();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("exit code of %s", List.of(command)).isZero();
  }
}
