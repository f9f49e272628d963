package dev.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoconBlockTest {

  private static final HoconBlock ZONES =
      new HoconBlock(
          """
          zones {
            external { force_shutdown {max_heap_size = "32MB"} }
            internal {
              force_shutdown {
                enable = true
                max_heap_size = "8GB"
                max_mailbox_size = 0
              }
              mqtt {max_mqueue_len = 1000000}
            }
          }
          """);

  @Test
  void findsAValueByItsPath() {
    assertThat(
            ZONES
                .block("zones")
                .flatMap(zones -> zones.block("internal"))
                .flatMap(zone -> zone.block("force_shutdown"))
                .flatMap(limits -> limits.value("max_heap_size")))
        .contains("8GB");
  }

  @Test
  void doesNotLookIntoBlocksThatWereNotNamed() {
    assertThat(ZONES.block("force_shutdown")).isEmpty();
    assertThat(ZONES.block("zones").flatMap(zones -> zones.value("max_heap_size"))).isEmpty();
  }

  @Test
  void readsJsonToo() {
    HoconBlock json =
        new HoconBlock("\"force_shutdown\":{\"enable\":false,\"max_heap_size\":\"32MB\"}");
    assertThat(json.block("force_shutdown").flatMap(b -> b.value("enable"))).contains("false");
    assertThat(json.block("force_shutdown").flatMap(b -> b.value("max_heap_size")))
        .contains("32MB");
  }

  @Test
  void readsSizes() {
    assertThat(HoconBlock.size("32MB")).isEqualTo(32L << 20);
    assertThat(HoconBlock.size("8 GB")).isEqualTo(8L << 30);
    assertThat(HoconBlock.size("1000")).isEqualTo(1000);
    assertThat(HoconBlock.size("infinity")).isZero();
  }
}
