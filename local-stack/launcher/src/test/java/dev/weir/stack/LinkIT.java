package dev.weir.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link between real sockets. */
@Timeout(30)
class LinkIT {

  private static final int SILENCE_MILLIS = 300;
  private static final int LARGE = 5_000_000;

  private final Links links = new Links();
  private ServerSocket server;
  private Link link;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = links.add("client", "server", server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    links.close();
    server.close();
  }

  @Test
  void carriesEveryByteInBothDirections() throws Exception {
    try (Pair pair = connect()) {
      byte[] sent = new byte[LARGE];
      new Random(1).nextBytes(sent);
      assertThat(pair.transfer(pair.client, pair.accepted, sent)).isEqualTo(sent);
      assertThat(pair.transfer(pair.accepted, pair.client, sent)).isEqualTo(sent);
    }
  }

  @Test
  void passesTheEndOfOneDirectionOn_whileTheOtherGoesOn() throws Exception {
    try (Pair pair = connect()) {
      pair.client.shutdownOutput();
      assertThat(pair.accepted.getInputStream().read()).isEqualTo(-1);
      assertThat(pair.transfer(pair.accepted, pair.client, new byte[] {1, 2}))
          .containsExactly(1, 2);
    }
  }

  @Test
  void holdsBytesBackWhileBlackholed_andDeliversThemAfterwards() throws Exception {
    try (Pair pair = connect()) {
      link.blackhole();
      pair.client.getOutputStream().write(new byte[] {1, 2, 3});
      pair.accepted.setSoTimeout(SILENCE_MILLIS);
      assertThatThrownBy(() -> pair.accepted.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      link.open();
      assertThat(pair.accepted.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void acceptsAndSaysNothing_whenAskedToConnectIntoABlackhole() throws Exception {
    link.blackhole();
    try (Socket client = new Socket(server.getInetAddress(), link.port())) {
      client.setSoTimeout(SILENCE_MILLIS);
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      link.open(); // what was sent into the blackhole never reaches the server
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      server.setSoTimeout(SILENCE_MILLIS);
      assertThatThrownBy(() -> server.accept()).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void resetsConnectionsAndRefusesNewOnes_untilOpenedAgain() throws Exception {
    try (Pair pair = connect()) {
      link.refuse();
      assertThatThrownBy(() -> pair.client.getInputStream().read())
          .isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> pair.accepted.getInputStream().read())
          .isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> new Socket(server.getInetAddress(), link.port()))
          .isInstanceOf(ConnectException.class);

      link.open();
      connect().close();
    }
  }

  private Pair connect() throws IOException {
    Socket client = new Socket(server.getInetAddress(), link.port());
    return new Pair(client, server.accept());
  }

  /** Both ends of a connection through the link. */
  private record Pair(Socket client, Socket accepted) implements AutoCloseable {

    byte[] transfer(Socket from, Socket to, byte[] bytes) throws Exception {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  from.getOutputStream().write(bytes);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      byte[] received = new byte[bytes.length];
      new DataInputStream(to.getInputStream()).readFully(received);
      writing.get(10, TimeUnit.SECONDS);
      return received;
    }

    @Override
    public void close() throws IOException {
      client.close();
      accepted.close();
    }
  }
}
