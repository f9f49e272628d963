package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.frame.Benchmark;
import dev.weir.bench.frame.Comparison;
import dev.weir.bench.frame.Conditions;
import dev.weir.bench.frame.Figures;
import dev.weir.bench.frame.Measure;
import dev.weir.bench.frame.Rig;
import dev.weir.bench.frame.Target;
import dev.weir.bench.frame.Variant;
import dev.weir.cli.Execution;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

  @TempDir private Path folder = Path.of("");
  private final StringWriter said = new StringWriter();
  private final AtomicInteger measured = new AtomicInteger();
  private long speed = 100;

  @Test
  void keepsReportsAndShoutsWhereOneIsWorseThanTheLast() throws Exception {
    Path kept = folder.resolve("kept");
    session(Optional.of(kept), false).run(List.of(new Sample("fine", Optional.empty(), false)));
    assertThat(kept.resolve("fine.json")).exists();
    assertThat(measured).as("two warm-ups and three rounds").hasValue(5);
    assertThat(said.toString()).doesNotContain("WORSE").contains("## fine");
    speed = 50;
    session(Optional.of(kept), false).run(List.of(new Sample("fine", Optional.empty(), false)));
    assertThat(said.toString())
        .contains("!!! WORSE by more than 25 %: fine: speed was 100 and is 50");
  }

  @Test
  void measuresOnceAndKeepsNothingInASmokeRun() throws Exception {
    session(Optional.empty(), true).run(List.of(new Sample("fine", Optional.empty(), false)));
    assertThat(measured).hasValue(1);
    assertThat(folder).isDirectoryNotContaining("glob:**.json");
  }

  @Test
  void goesOnAfterOneThatFailsAndLeavesOutWhatCannotRunHere() throws Exception {
    List<String> failed =
        session(Optional.empty(), true)
            .run(
                List.of(
                    new Sample("broken", Optional.empty(), true),
                    new Sample("absent", Optional.of("there is no mosquitto"), false),
                    new Sample("fine", Optional.empty(), false)));
    assertThat(failed).containsExactly("broken");
    assertThat(said.toString())
        .contains("broken: FAILED: cannot start (details in ")
        .contains("absent: left out, there is no mosquitto")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("work/broken/failure.log"))
        .content()
        .contains("IOException: cannot start", "\tat dev.weir.bench.");
    assertThat(measured).hasValue(1);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(Execution.of(BenchCommand::new, "nonesuch", "--rounds", "0")).isEqualTo(2);
    assertThat(Execution.of(BenchCommand::new, "--list")).isZero();
  }

  private Session session(Optional<Path> kept, boolean smoke) {
    return new Session(folder.resolve("work"), kept, 3, smoke, new PrintWriter(said));
  }

  private final class Sample implements Benchmark {

    private final String name;
    private final Optional<String> missing;
    private final boolean broken;

    Sample(String name, Optional<String> missing, boolean broken) {
      this.name = name;
      this.missing = missing;
      this.broken = broken;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String summary() {
      return "a sample";
    }

    @Override
    public Optional<String> missing() {
      return missing;
    }

    @Override
    public int warmUps() {
      return 2;
    }

    @Override
    public List<Comparison> comparisons() {
      return List.of(Comparison.figure("speed", Measure.throughput().of("it"), Target.higher()));
    }

    @Override
    public Rig open(Conditions conditions) throws IOException {
      if (broken) {
        throw new IOException("cannot start");
      }
      return new Rig() {
        @Override
        public List<Variant> variants() {
          return List.of(
              new Variant(
                  "it",
                  () -> {
                    measured.incrementAndGet();
                    return Figures.of(speed, 1);
                  }));
        }

        @Override
        public Map<String, String> settings() {
          return Map.of();
        }

        @Override
        public void close() {}
      };
    }
  }
}
