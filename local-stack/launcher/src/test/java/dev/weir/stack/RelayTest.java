package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay whose selector nobody asks, so that it notices nothing by itself. */
@Timeout(30)
class RelayTest {

  private static final int PATIENCE_MILLIS = 2_000;

  @Test
  void goesOn_whereTheServerHadAcceptedBeforeTheHoldAndNobodyHadNoticed() throws Exception {
    try (Selector selector = Selector.open();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocketChannel front = ServerSocketChannel.open().bind(Ports.address(0));
        Socket client = connect(front);
        SocketChannel behind = front.accept()) {
      Relay relay = new Relay(behind, server.getLocalSocketAddress(), selector, ended -> {});
      relay.connect();
      try (Socket accepted = server.accept()) {
        accepted.setSoTimeout(PATIENCE_MILLIS);
        relay.hold();
        client.getOutputStream().write(new byte[] {1, 2, 3});
        relay.release();
        assertThat(accepted.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      }
    }
  }

  private static Socket connect(ServerSocketChannel front) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), front.socket().getLocalPort());
  }
}
