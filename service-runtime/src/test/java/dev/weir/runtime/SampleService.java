package dev.weir.runtime;

import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A service that behaves as its setting says; its own process in {@link ServiceProcessIT}. */
final class SampleService implements Service {

  static final Setting<String> MODE = Setting.text("sample.mode", "run", "How to behave.");

  private final ServiceContext context;
  private final CountDownLatch never = new CountDownLatch(1);

  SampleService(ServiceContext context) {
    this.context = context;
  }

  static ServiceDefinition definition() {
    return ServiceDefinition.builder("sample", 0)
        .summary("Does as it is told.")
        .settings(
            MODE,
            CommonSettings.KAFKA_BOOTSTRAP_SERVERS,
            CommonSettings.MQTT_PORT,
            CommonSettings.MQTT_PASSWORD)
        .passthrough(
            Passthrough.of("kafka.", Set.of("acks", "linger.ms", "bootstrap.servers"))
                .fixed("acks", "an acknowledged reading must be on all replicas"))
        .create(SampleService::new);
  }

  /** Runs the service. */
  public static void main(String[] args) {
    System.exit(ServiceMain.run(definition(), args));
  }

  @Override
  public void start() throws InterruptedException {
    switch (context.settings().get(MODE)) {
      case "fail-start" -> throw new IllegalStateException("no slot is free");
      case "wait-in-start" -> never.await();
      case "fatal" -> context.fatal(new IllegalStateException("the producer is fenced"));
      case "uncaught" ->
          new Thread(
                  () -> {
                    throw new IllegalStateException("a bug");
                  })
              .start();
      default -> context.health().report("sample", true, "working");
    }
  }

  @Override
  public void close() {
    if (context.settings().get(MODE).equals("hang-in-close")) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    System.out.println("closed");
  }
}
