package dev.weir.stack;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network between one component and a server that it uses: a TCP proxy on loopback that can be
 * cut. All its state belongs to the {@link LinkLoop}'s thread; its methods may be called by any
 * thread and are done when they return.
 *
 * <p>A cut never loses a byte in the middle of a connection that goes on afterwards: as on a real
 * network, what was not delivered is delivered later, or the connection is gone.
 */
public final class Link {

  private enum State {
    OPEN,
    BLACKHOLED,
    REFUSED
  }

  private final String from;
  private final String to;
  private final int port;
  private final int targetPort;
  private final LinkLoop loop;
  private final Set<Relay> relays = new HashSet<>();
  private @Nullable ServerSocketChannel listening;
  private State state = State.REFUSED;

  Link(String from, String to, int port, int targetPort, LinkLoop loop) {
    this.from = from;
    this.to = to;
    this.port = port;
    this.targetPort = targetPort;
    this.loop = loop;
    open();
  }

  /** The component that connects; {@code devices} for all that is not part of the stack. */
  public String from() {
    return from;
  }

  /** The server that it connects to. */
  public String to() {
    return to;
  }

  int port() {
    return port;
  }

  /**
   * Ends a cut. Connections from before a blackhole go on where they stood; those that were opened
   * into it are reset, because on a real network they would never have come about.
   */
  public void open() {
    loop.call(
        () -> {
          listen();
          state = State.OPEN;
          for (Relay relay : List.copyOf(relays)) {
            relay.release();
          }
        });
  }

  /** From now on nothing gets through, and nobody is told: not even that a connection ended. */
  public void blackhole() {
    loop.call(
        () -> {
          listen();
          state = State.BLACKHOLED;
          relays.forEach(Relay::hold);
        });
  }

  /** Resets every connection and refuses new ones. */
  public void refuse() {
    loop.call(
        () -> {
          state = State.REFUSED;
          if (listening != null) {
            listening.close();
            listening = null;
            loop.selector().selectNow(); // the port is free only after this
          }
          List.copyOf(relays).forEach(Relay::reset);
        });
  }

  private void listen() throws IOException {
    if (listening != null) {
      return;
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(Ports.address(port));
    channel.configureBlocking(false);
    LinkLoop.Ready accept = key -> accept(channel);
    channel.register(loop.selector(), SelectionKey.OP_ACCEPT, accept);
    listening = channel;
  }

  private void accept(ServerSocketChannel channel) throws IOException {
    for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
      Relay relay = new Relay(client, Ports.address(targetPort), loop.selector(), relays::remove);
      relays.add(relay);
      if (state == State.OPEN) {
        relay.connect();
      }
    }
  }

  @Override
  public String toString() {
    return from + "->" + to;
  }
}
