package dev.weir.alerts.publish;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An outlet that answers as the test says. */
final class FakeOutlet implements Outlet {

  boolean open = true;
  boolean closed;
  Function<Mqtt5Publish, CompletableFuture<Void>> answer =
      message -> CompletableFuture.completedFuture(null);
  final List<Mqtt5Publish> published = new ArrayList<>();
  final List<Throwable> resets = new ArrayList<>();

  @Override
  public void maintain() {}

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public CompletableFuture<Void> publish(Mqtt5Publish message) {
    if (!open) {
      return CompletableFuture.failedFuture(new IllegalStateException("no connection"));
    }
    published.add(message);
    return answer.apply(message);
  }

  @Override
  public void reset(Throwable cause) {
    resets.add(cause);
  }

  @Override
  public void close() {
    closed = true;
  }
}
