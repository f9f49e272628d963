package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {

  @Test
  void announcesWhatIsSetUntilTheBrokerHasSentMore() {
    ReceiveWindow window = new ReceiveWindow(2_000);
    assertThat(window.maximum()).isEqualTo(2_000);
    window.exceeded();
    window.exceeded();

    assertThat(window.maximum()).isEqualTo(ReceiveWindow.UNLIMITED);
  }
}
