package dev.weir.bench.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * One subscriber's connection to a {@link MqttSource}: a thread that reads what it sends, and one
 * that delivers within its receive maximum.
 */
final class SourceConnection {

  private static final int BUFFER = 64 * 1024;
  private static final int AT_ONCE = 256;
  private static final int LARGEST_PACKET_ID = 65_535;
  private static final int RECEIVE_MAXIMUM = 0x21;

  private final Socket socket;
  private final MqttSource source;
  private final DataInputStream in;
  private final OutputStream out;
  private final Semaphore window = new Semaphore(0);
  private final Semaphore work = new Semaphore(0);
  private volatile boolean subscribed;
  private int packetId;

  SourceConnection(Socket socket, MqttSource source) throws IOException {
    this.socket = socket;
    this.source = source;
    InputStream stream = socket.getInputStream();
    in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
    out = socket.getOutputStream();
  }

  void start() {
    MqttSource.thread(this::read, "source-read");
    MqttSource.thread(this::write, "source-write");
  }

  /** There is something to deliver. */
  void wake() {
    work.release();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }

  private void read() {
    try {
      while (true) {
        int type = in.readUnsignedByte() >> 4;
        int length = readLength();
        if (type == Packets.PUBACK) {
          skip(length);
          acknowledged();
        } else {
          byte[] body = new byte[length];
          in.readFully(body);
          answer(type, ByteBuffer.wrap(body));
        }
      }
    } catch (IOException gone) {
      subscribed = false;
      source.ended(this);
      close();
    }
  }

  /** Counts all that have come together, so that the source's lock is no bottleneck. */
  private void acknowledged() throws IOException {
    int count = 1;
    while (in.available() >= 4 && peekIsPuback()) {
      in.readUnsignedByte();
      skip(readLength());
      count++;
    }
    window.release(count);
    source.acknowledged(count);
  }

  private boolean peekIsPuback() throws IOException {
    in.mark(1);
    int type = in.readUnsignedByte() >> 4;
    in.reset();
    return type == Packets.PUBACK;
  }

  private void answer(int type, ByteBuffer body) throws IOException {
    switch (type) {
      case Packets.CONNECT -> {
        window.release(receiveMaximum(body));
        send(Packets.CONNACK);
      }
      case Packets.SUBSCRIBE -> {
        int id = body.getShort() & 0xFFFF;
        send(Packets.suback(id, filters(body, true)));
        subscribed = true;
        wake();
      }
      case Packets.UNSUBSCRIBE -> {
        int id = body.getShort() & 0xFFFF;
        send(Packets.unsuback(id, filters(body, false)));
      }
      case Packets.PINGREQ -> send(Packets.PINGRESP);
      case Packets.DISCONNECT -> throw new EOFException("disconnected");
      default -> throw new IOException("a source does not understand packet type " + type);
    }
  }

  /** The announced one, which in MQTT 5 stands among the properties; otherwise all there is. */
  private static int receiveMaximum(ByteBuffer connect) {
    connect.position(connect.getShort() + 2 + 1 + 1 + 2); // protocol name, level, flags, keep alive
    int end = varint(connect) + connect.position();
    while (connect.position() < end) {
      int property = connect.get();
      switch (property) {
        case RECEIVE_MAXIMUM -> {
          return connect.getShort() & 0xFFFF;
        }
        case 0x11, 0x27 -> connect.getInt(); // session expiry, maximum packet size
        case 0x22 -> connect.getShort(); // topic alias maximum
        case 0x17, 0x19 -> connect.get(); // request problem, response information
        default -> {
          return LARGEST_PACKET_ID;
        }
      }
    }
    return LARGEST_PACKET_ID;
  }

  private static int filters(ByteBuffer body, boolean withOptions) {
    int properties = varint(body);
    body.position(body.position() + properties);
    int count = 0;
    while (body.hasRemaining()) {
      int length = body.getShort() & 0xFFFF;
      body.position(body.position() + length + (withOptions ? 1 : 0));
      count++;
    }
    return count;
  }

  private static int varint(ByteBuffer from) {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = from.get();
      value |= (digit & 0x7F) << shift;
      if (digit >= 0) {
        break;
      }
    }
    return value;
  }

  private int readLength() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = in.readByte();
      value |= (digit & 0x7F) << shift;
      if (digit >= 0) {
        break;
      }
    }
    return value;
  }

  private void skip(int length) throws IOException {
    if (in.skipBytes(length) < length) {
      throw new EOFException("ended within a packet");
    }
  }

  private synchronized void send(byte[] packet) throws IOException {
    out.write(packet);
  }

  private void write() {
    ByteBuffer buffer = ByteBuffer.allocate(2 * BUFFER);
    try {
      while (!socket.isClosed()) {
        work.acquire();
        work.drainPermits();
        deliver(buffer);
      }
    } catch (IOException gone) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(ByteBuffer buffer) throws IOException, InterruptedException {
    while (subscribed) {
      window.acquire();
      int most = 1 + drain(AT_ONCE - 1);
      int taken = source.take(most);
      window.release(most - taken);
      if (taken == 0) {
        return;
      }
      for (int i = 0; i < taken; i++) {
        put(buffer, source.nextPacket());
      }
      flush(buffer);
    }
  }

  private int drain(int most) {
    int drained = Math.min(most, window.availablePermits());
    return drained > 0 && window.tryAcquire(drained) ? drained : 0;
  }

  private void put(ByteBuffer buffer, byte[] packet) throws IOException {
    if (buffer.remaining() < packet.length) {
      flush(buffer);
    }
    packetId = packetId == LARGEST_PACKET_ID ? 1 : packetId + 1;
    int start = buffer.position();
    buffer.put(packet);
    Packets.setPacketId(buffer, start, packetId);
  }

  private synchronized void flush(ByteBuffer buffer) throws IOException {
    out.write(buffer.array(), buffer.arrayOffset(), buffer.position());
    buffer.clear();
  }
}
