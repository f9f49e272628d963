package dev.weir.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.Decoded;
import dev.weir.model.Device;
import dev.weir.model.MqttTopics;
import dev.weir.model.Reading;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Rejected;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns each publish of an epoch into records. Runs on the connection's event loop: it neither
 * waits nor throws, and it acknowledges nothing itself.
 */
final class PublishHandler implements Consumer<Arrival> {

  /** What the publishes of every epoch go through. */
  record Pipeline(
      ReadingDecoder decoder,
      TelemetryProducer producer,
      LagMonitor lag,
      UserMessages users,
      UserMetrics userMetrics,
      BridgeMetrics metrics,
      TurnClock clock) {}

  private final Pipeline to;
  private final Epoch epoch;
  private final InFlight inFlight;
  private final Backlog backlog;
  private final KnownDevices devices = new KnownDevices();
  private final Runnable readingAbandoned;

  PublishHandler(Pipeline to, Epoch epoch, InFlight inFlight, Backlog backlog) {
    this.to = to;
    this.epoch = epoch;
    this.inFlight = inFlight;
    this.backlog = backlog;
    this.readingAbandoned = to.metrics::readingAbandoned;
  }

  @Override
  public void accept(Arrival arrival) {
    to.metrics.messageReceived();
    inFlight.enter();
    if (!epoch.accepting()) {
      to.metrics.messageAbandoned();
      inFlight.leave();
      return;
    }
    KnownDevices.Known sender = devices.ofTelemetryTopic(arrival.topic());
    if (sender != null) {
      send(arrival, sender);
    } else {
      other(arrival);
    }
  }

  private void other(Arrival arrival) {
    Optional<String> rulesOf = MqttTopics.userOfConfig(arrival.topic());
    Optional<String> commandOf = MqttTopics.userOfManage(arrival.topic());
    if (rulesOf.isPresent()) {
      to.users.rules(rulesOf.get(), ofUser(arrival));
    } else if (commandOf.isPresent()) {
      to.users.command(commandOf.get(), ofUser(arrival));
    } else {
      refuse(arrival);
    }
  }

  private Delivery ofUser(Arrival arrival) {
    return new Delivery(
        arrival, to.clock, 1, epoch, inFlight, to.metrics, to.userMetrics::abandoned);
  }

  private void send(Arrival arrival, KnownDevices.Known sender) {
    List<Decoded> elements = to.decoder.decode(sender.device(), arrival.payload());
    Delivery delivery = delivery(arrival, elements.size());
    byte[] key = sender.key();
    for (Decoded element : elements) {
      byte[] value = element.source().toByteArray();
      if (element instanceof Reading reading) {
        long age = delivery.receivedAt() - reading.time().toEpochMilli();
        to.lag.observe(age);
        backlog.observe(age);
        to.producer.produce(key, value, delivery);
      } else if (element instanceof Rejected rejected) {
        to.producer.reject(key, value, rejected.rejection(), delivery);
      }
    }
  }

  private void refuse(Arrival arrival) {
    Rejection rejection =
        new Rejection(
            RejectionReason.INVALID_IDENTITY,
            "the topic is not users/{user}/devices/{device}/telemetry with names of 1 to "
                + Device.MAX_NAME_BYTES
                + " bytes");
    to.producer.reject(
        arrival.topic().getBytes(UTF_8), arrival.payload(), rejection, delivery(arrival, 1));
  }

  private Delivery delivery(Arrival arrival, int records) {
    to.metrics.readingsReceived(records);
    return new Delivery(arrival, to.clock, records, epoch, inFlight, to.metrics, readingAbandoned);
  }
}
