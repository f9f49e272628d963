package dev.weir.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenedTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void closesInReverseWithTheRig() throws Exception {
    Rig rig =
        Opened.opening(
            opened -> {
              opened.add(part("server"));
              opened.add(part("client"));
              return new Sample(opened);
            });
    assertThat(closed).isEmpty();
    rig.close();
    assertThat(closed).containsExactly("client", "server");
  }

  @Test
  void closesWhatIsOpenWhereALaterPartCannotBeOpened() {
    assertThatThrownBy(
            () ->
                Opened.opening(
                    opened -> {
                      opened.add(part("server"));
                      opened.add(part("stubborn"));
                      throw new IOException("no client");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no client")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .as("what could not be closed is told, too")
                    .hasSize(1));
    assertThat(closed).containsExactly("server");
  }

  private AutoCloseable part(String name) {
    return () -> {
      if (name.equals("stubborn")) {
        throw new IOException("cannot close " + name);
      }
      closed.add(name);
    };
  }

  private record Sample(Opened opened) implements Rig {

    @Override
    public List<Variant> variants() {
      return List.of();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public void close() throws IOException {
      opened.close();
    }
  }
}
