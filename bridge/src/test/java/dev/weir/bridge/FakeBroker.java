package dev.weir.bridge;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Connections that a test opens, breaks and looks at. */
final class FakeBroker implements MqttConnection.Factory {

  final List<String> log = new CopyOnWriteArrayList<>();
  final BlockingQueue<FakeConnection> connections = new LinkedBlockingQueue<>();

  @Override
  public MqttConnection create(int slot, Consumer<Arrival> arrivals, Epoch epoch) {
    return new FakeConnection(arrivals, epoch);
  }

  /** One connection attempt, which waits for the test's answer. */
  final class FakeConnection implements MqttConnection {

    final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    final Epoch epoch;
    private final Consumer<Arrival> arrivals;

    FakeConnection(Consumer<Arrival> arrivals, Epoch epoch) {
      this.arrivals = arrivals;
      this.epoch = epoch;
    }

    void deliver(String name, byte[] payload) {
      arrivals.accept(
          new Arrival(
              Carrying.TOPIC,
              payload,
              () -> log.add("acknowledged " + name),
              Runnable::run,
              (topic, answer) -> CompletableFuture.completedFuture(null),
              null));
    }

    @Override
    public CompletableFuture<Boolean> open(boolean seenSubscribed) {
      log.add(seenSubscribed ? "open" : "open, to subscribe");
      connections.add(this);
      return answer;
    }

    @Override
    public CompletableFuture<Void> close() {
      log.add("closed");
      return CompletableFuture.completedFuture(null);
    }
  }
}
