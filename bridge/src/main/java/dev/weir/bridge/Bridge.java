package dev.weir.bridge;

import dev.weir.model.ReadingDecoder;
import dev.weir.runtime.OutageLog;
import dev.weir.runtime.Service;
import dev.weir.runtime.ServiceContext;
import dev.weir.runtime.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the bridge. Its group thread keeps the membership, and with it the slots'
 * sessions; each session has a thread for its connections; publishes are carried by the event
 * loops.
 */
final class Bridge implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final ServiceContext context;
  private final BridgeMetrics metrics;
  private final Acceptance acceptance = new Acceptance(System::nanoTime);
  private final LagMonitor lag;
  private final TurnClock turnClock = new TurnClock(Clock.systemUTC(), System::nanoTime);
  private final ConsolidatingEventLoopGroup eventLoops;
  private final ExecutorService aftermath = Executors.newSingleThreadExecutor(Bridge::aftermath);
  private final Map<Integer, InFlight> inFlight = new ConcurrentHashMap<>();
  private final Turns firstSubscribes = new Turns();
  private final ReceiveWindow window;
  private volatile boolean closing;
  private @Nullable KafkaClients clients;
  private @Nullable Thread groupThread;
  private @Nullable IngestClock clock;

  Bridge(ServiceContext context) {
    this.context = context;
    Settings settings = context.settings();
    metrics = new BridgeMetrics(context.metrics());
    window = new ReceiveWindow(settings.get(BridgeSettings.RECEIVE_MAXIMUM));
    lag = new LagMonitor(settings.get(BridgeSettings.LAG_WARNING), metrics, System::nanoTime);
    eventLoops =
        new ConsolidatingEventLoopGroup(BridgeSettings.threads(settings), turnClock, this::fatal);
  }

  private static Thread aftermath(Runnable work) {
    Thread thread = new Thread(work, "weir-aftermath");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() throws InterruptedException {
    context.health().report("kafka", false, "waiting for Kafka");
    KafkaClients kafka = KafkaClients.open(context.settings(), context.metrics());
    clients = kafka;
    KafkaSettings.problemWithWindows(context.settings(), kafka.slots())
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
    TelemetryProducer producer =
        new TelemetryProducer(kafka.producer(), aftermath, acceptance, metrics, this::fatal);
    KafkaTime kafkaTime = new KafkaTime(kafka.producer(), Clock.systemUTC(), context.metrics());
    SlotGroup group = group(kafka, producer, kafkaTime);
    clock = clock(kafka, group, kafkaTime);
    clock.start();
    Readiness readiness =
        new Readiness(group, acceptance, kafka.slots(), context.health(), context.metrics());
    Thread thread = new Thread(() -> run(group, readiness), "weir-slots");
    groupThread = thread;
    thread.start();
  }

  private IngestClock clock(KafkaClients kafka, SlotGroup group, KafkaTime kafkaTime) {
    SlotMarks marks =
        new SlotMarks(kafka.admin(), context.settings().get(BridgeSettings.NAME), kafka.slots());
    return new IngestClock(
        kafka.producer(),
        kafka.clockPartitions(),
        eventLoops::turned,
        kafkaTime,
        () ->
            acceptance
                .problem()
                .or(kafkaTime::problem)
                .or(group::holdsReadingsBack)
                .or(marks::problem),
        this::fatal,
        context.metrics());
  }

  private SlotGroup group(KafkaClients kafka, TelemetryProducer producer, KafkaTime kafkaTime) {
    Settings settings = context.settings();
    UserMetrics userMetrics = new UserMetrics(context.metrics());
    ReadingDecoder decoder = new ReadingDecoder(BridgeSettings.limits(settings), turnClock);
    PublishHandler.Pipeline pipeline =
        new PublishHandler.Pipeline(
            decoder,
            producer,
            lag,
            new UserMessages(producer, userMetrics),
            userMetrics,
            metrics,
            turnClock);
    MqttSettings mqtt = BridgeSettings.mqtt(settings);
    OutageLog broker = new OutageLog(LOG, "connection to MQTT broker " + mqtt);
    return new SlotGroup(
        kafka.consumer(),
        (slot, lease) ->
            new SlotSession(
                slot,
                inFlight.computeIfAbsent(slot, key -> new InFlight()),
                new SlotSession.Surroundings(
                    lease,
                    this::connection,
                    pipeline,
                    () -> new Backlog(settings.get(BridgeSettings.CLOCK_LAG), mqtt.sessionExpiry()),
                    kafkaTime::isApart,
                    broker,
                    mqtt.connectTimeout(),
                    settings.get(BridgeSettings.DRAIN_TIMEOUT))),
        settings.get(BridgeSettings.SLOT_TIMEOUT),
        settings.get(BridgeSettings.DRAIN_TIMEOUT));
  }

  private MqttConnection connection(int slot, Consumer<Arrival> arrivals, Epoch epoch) {
    Settings settings = context.settings();
    return new HiveMqttConnection(
        BridgeSettings.mqtt(settings),
        settings.get(BridgeSettings.NAME) + "-" + slot,
        eventLoops,
        firstSubscribes,
        window,
        arrival -> carry(arrivals, arrival),
        epoch);
  }

  /** A callback that throws would be called no more, and nobody would know. */
  private void carry(Consumer<Arrival> arrivals, Arrival arrival) {
    try {
      arrivals.accept(arrival);
    } catch (Throwable bug) {
      fatal(bug);
    }
  }

  /** The group thread's work. */
  private void run(SlotGroup group, Readiness readiness) {
    try {
      group.join();
      while (!closing) {
        group.turn();
        readiness.report();
        lag.tick();
      }
    } catch (RuntimeException e) {
      fatal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      group.leave();
    }
  }

  private void fatal(Throwable cause) {
    if (closing) {
      LOG.warn("while stopping: {}", cause.toString());
    } else {
      context.fatal(cause);
    }
  }

  @Override
  public void close() {
    closing = true;
    if (clock != null) {
      clock.stop();
    }
    try {
      if (groupThread != null) {
        groupThread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (clients != null) {
      clients.close();
    }
    aftermath.shutdown();
    eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
