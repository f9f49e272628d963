package dev.weir.cli.doctor;

import dev.weir.cli.load.MqttEndpoint;
import dev.weir.model.KafkaTopics;
import dev.weir.stack.TopicDeclaration;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * Examines the servers of a pipeline, all at once, for settings and states that could lose or
 * strand data. It changes nothing.
 */
public final class Doctor {

  private static final int SLOTS = 8;

  /** A server has several questions to answer, each within the limit. */
  private static final int QUESTIONS = 4;

  private final Targets targets;
  private final Expectations expected;
  private final Duration limit;
  private final Map<String, TopicDeclaration> declared = new HashMap<>();

  /**
   * One that examines these servers.
   *
   * @param expected what they are to bear
   * @param limit how long any answer may take
   * @param topics how Kafka's topics should be
   */
  public Doctor(
      Targets targets, Expectations expected, Duration limit, List<TopicDeclaration> topics) {
    this.targets = targets;
    this.expected = expected;
    this.limit = limit;
    topics.forEach(topic -> declared.put(topic.name(), topic));
  }

  /** Examines every server. */
  public DoctorReport examine() throws InterruptedException {
    LoggerFactory.getILoggerFactory(); // set up by one thread; by several at once it complains
    List<Patient<?>> patients = patients();
    ExecutorService each =
        Executors.newFixedThreadPool(
            patients.size(),
            task -> {
              Thread thread = new Thread(task, "doctor");
              thread.setDaemon(true); // a server that hangs does not hold up the report
              return thread;
            });
    try {
      List<Future<Examination>> running =
          patients.stream().map(patient -> each.submit(patient::examine)).toList();
      List<Examination> examinations = new ArrayList<>();
      for (int i = 0; i < patients.size(); i++) {
        examinations.add(result(patients.get(i), running.get(i)));
      }
      return new DoctorReport(examinations);
    } finally {
      each.shutdownNow();
    }
  }

  private Examination result(Patient<?> patient, Future<Examination> running)
      throws InterruptedException {
    try {
      return running.get(limit.multipliedBy(QUESTIONS).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Examination.unreachable(patient.server(), patient.address(), PlainWords.of(e));
    }
  }

  private List<Patient<?>> patients() {
    List<Patient<?>> patients = new ArrayList<>();
    MqttEndpoint broker = targets.broker();
    patients.add(
        new Patient<>(
            Server.BROKER,
            broker.toString(),
            new BrokerProbe(broker, expected, limit),
            new BrokerChecks(expected).all()));
    targets.emqx().ifPresent(emqx -> patients.add(emqx(emqx)));
    for (URI bridge : targets.bridges()) {
      patients.add(
          new Patient<>(
              Server.BRIDGE,
              bridge.toString(),
              BridgeChecks.probe(bridge, limit),
              new BridgeChecks(expected).all()));
    }
    patients.add(kafka());
    patients.add(
        new Patient<>(
            Server.CONNECT,
            targets.connect().toString(),
            new ConnectProbe(targets.connect(), limit),
            new ConnectChecks(expected).all()));
    patients.add(
        new Patient<>(
            Server.DATABASE,
            targets.databaseAddress(),
            new DatabaseProbe(targets.database(), limit),
            together(
                List.of(new DatabaseChecks(expected).all(), new TimescaleChecks(expected).all()))));
    return patients;
  }

  private Patient<EmqxFacts> emqx(Targets.Emqx emqx) {
    TopicDeclaration slots = declared.get(KafkaTopics.BRIDGE_SLOTS);
    return new Patient<>(
        Server.EMQX,
        emqx.api().toString(),
        new EmqxProbe(
            emqx.api(),
            emqx.key(),
            expected.bridgeName(),
            slots == null ? SLOTS : slots.partitions(),
            limit),
        new EmqxChecks(expected).all());
  }

  private Patient<KafkaFacts> kafka() {
    List<String> groups = new ArrayList<>(KafkaGroupChecks.ALERTS);
    groups.add(expected.bridgeName());
    return new Patient<>(
        Server.KAFKA,
        targets.bootstrapServers(),
        new KafkaProbe(
            targets.kafkaSettings(limit), declared.keySet(), "connect-" + expected.sink(), groups),
        together(
            List.of(
                new KafkaTopicChecks(expected, declared).all(),
                new KafkaClusterChecks(expected).all(),
                new KafkaGroupChecks(expected).all(),
                new RuleChecks(expected).all())));
  }

  private static <F> List<Check<F>> together(List<List<Check<F>>> checks) {
    return checks.stream().flatMap(List::stream).toList();
  }
}
