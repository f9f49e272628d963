package dev.weir.bench.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The other end of a bridge's connections without a broker behind it: it accepts every MQTT 5
 * session and subscription, and delivers prepared readings at QoS 1 as fast as the receive maxima
 * allow. So the subscriber is measured, and not a broker. Loopback only; keeps nothing.
 */
public final class MqttSource implements AutoCloseable {

  private final ServerSocket server;
  private final List<byte[]> packets;
  private final List<SourceConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicLong undelivered = new AtomicLong();
  private final AtomicLong next = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition done = lock.newCondition();
  private long unacknowledged;

  private MqttSource(ServerSocket server, List<byte[]> packets) {
    this.server = server;
    this.packets = packets;
  }

  /** Opens it on a free port, with the readings that it delivers again and again. */
  public static MqttSource open(List<Readings.Sample> readings) throws IOException {
    ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    List<byte[]> packets =
        readings.stream().map(each -> Packets.publish(each.topic(), each.payload())).toList();
    MqttSource source = new MqttSource(server, packets);
    thread(source::accept, "source-accept");
    return source;
  }

  static void thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        SourceConnection connection = new SourceConnection(socket, this);
        connections.add(connection);
        connection.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  /**
   * Delivers that many readings over all subscribed connections and waits until each is
   * acknowledged.
   *
   * @return the seconds it took
   * @throws TimeoutException if it takes longer than the limit
   */
  public double deliver(long count, Duration limit) throws InterruptedException, TimeoutException {
    lock.lock();
    try {
      unacknowledged = count;
      long began = System.nanoTime();
      undelivered.set(count);
      connections.forEach(SourceConnection::wake);
      long left = limit.toNanos();
      while (unacknowledged > 0) {
        if (left <= 0) {
          throw new TimeoutException(
              "%d of %d readings are not acknowledged after %d s"
                  .formatted(unacknowledged, count, limit.toSeconds()));
        }
        left = done.awaitNanos(left);
      }
      return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    } finally {
      lock.unlock();
    }
  }

  /** Takes readings to deliver, up to that many; answers how many. */
  int take(int most) {
    long before = undelivered.getAndUpdate(left -> Math.max(0, left - most));
    return (int) Math.min(before, most);
  }

  byte[] nextPacket() {
    return packets.get((int) (next.getAndIncrement() % packets.size()));
  }

  void acknowledged(int count) {
    lock.lock();
    try {
      unacknowledged -= count;
      if (unacknowledged <= 0) {
        done.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void ended(SourceConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void close() throws IOException {
    server.close();
    connections.forEach(SourceConnection::close);
  }
}
