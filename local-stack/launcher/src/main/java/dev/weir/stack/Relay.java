package dev.weir.stack;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a {@link Link}: what comes in on one side goes out on the other, as fast
 * as that side takes it. Belongs to the {@link LinkLoop}'s thread.
 */
final class Relay {

  private static final int BUFFER = 32 * 1024;

  private final SocketChannel client;
  private final SocketAddress target;
  private final Selector selector;
  private final Consumer<Relay> onEnd;
  private final OneWay up = new OneWay();
  private final OneWay down = new OneWay();
  private @Nullable SocketChannel server;
  private boolean held;
  private boolean ended;

  /** The bytes under way in one direction. */
  private static final class OneWay {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER);
    boolean endSeen;
    boolean endPassedOn;

    boolean wantsToRead() {
      return !endSeen && bytes.hasRemaining();
    }

    boolean wantsToWrite() {
      return bytes.position() > 0;
    }

    void read(SocketChannel source) throws IOException {
      endSeen = source.read(bytes) < 0;
    }

    void write(SocketChannel sink) throws IOException {
      if (wantsToWrite()) {
        bytes.flip();
        try {
          sink.write(bytes);
        } finally {
          bytes.compact();
        }
      }
      if (endSeen && !wantsToWrite() && !endPassedOn) {
        endPassedOn = true;
        sink.shutdownOutput();
      }
    }
  }

  Relay(SocketChannel client, SocketAddress target, Selector selector, Consumer<Relay> onEnd) {
    this.client = client;
    this.target = target;
    this.selector = selector;
    this.onEnd = onEnd;
  }

  /** Begins: connects to the server too. */
  void connect() {
    try {
      LinkLoop.Ready ready = key -> ready();
      prepare(client);
      client.register(selector, 0, ready);
      SocketChannel opened = SocketChannel.open();
      server = opened;
      prepare(opened);
      boolean connected = opened.connect(target);
      opened.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, ready);
      if (connected) {
        listen();
      }
    } catch (IOException e) {
      reset();
    }
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void ready() {
    try {
      SocketChannel other = server;
      if (ended || held || other == null) {
        return;
      }
      if (other.isConnectionPending()) {
        if (!other.finishConnect()) {
          return;
        }
      } else {
        carry(up, client, other);
        carry(down, other, client);
      }
      if (up.endPassedOn && down.endPassedOn) {
        end();
      } else {
        listen();
      }
    } catch (IOException e) {
      reset();
    }
  }

  private static void carry(OneWay way, SocketChannel source, SocketChannel sink)
      throws IOException {
    if (way.wantsToRead()) {
      way.read(source);
    }
    way.write(sink);
  }

  private void listen() {
    interest(client, up, down);
    interest(server, down, up);
  }

  private void interest(@Nullable SocketChannel channel, OneWay in, OneWay out) {
    SelectionKey key = channel == null ? null : channel.keyFor(selector);
    if (key != null) {
      int read = !held && in.wantsToRead() ? SelectionKey.OP_READ : 0;
      int write = !held && out.wantsToWrite() ? SelectionKey.OP_WRITE : 0;
      key.interestOps(read | write);
    }
  }

  /** Carries nothing until released; both sides find their connection silent. */
  void hold() {
    held = true;
    listen();
  }

  /** Ends a {@link #hold}; where the server was never reached, the connection is reset. */
  void release() {
    SocketChannel other = server;
    if (other == null || !hasAccepted(other)) {
      reset();
      return;
    }
    held = false;
    ready();
  }

  /** It may have done so just before the hold, when nobody here had noticed yet. */
  private static boolean hasAccepted(SocketChannel server) {
    try {
      return server.finishConnect();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the connection with an error on both sides. */
  void reset() {
    try {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      if (server != null) {
        server.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // It has ended already.
    }
    end();
  }

  private void end() {
    ended = true;
    onEnd.accept(this);
    close(client);
    close(server);
  }

  private static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
