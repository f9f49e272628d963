package dev.weir.alerts.deadletters;

import dev.weir.deadletters.DeadLettersException;
import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.QueueTopics;
import dev.weir.model.KafkaTopics;
import dev.weir.runtime.OutageLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the dead-letter topics as they grow and keeps a {@link QueueTally} of them, on a thread of
 * its own that nothing waits for. Where Kafka is away the tally stays as it was; where it can no
 * longer be trusted, because the retry connector went back or a topic was made anew, it is made
 * from the beginning, and the old one stays until then.
 */
final class DeadLetterWatch implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterWatch.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final KafkaAccess access;
  private final Duration look;
  private final Consumer<QueueTally> onLoaded;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final OutageLog outage = new OutageLog(log, "counting the dead letters");

  /**
   * A watch that has not begun.
   *
   * @param look how often to ask how far the retry connector has got
   * @param onLoaded takes each tally once it has caught up
   */
  DeadLetterWatch(KafkaAccess access, Duration look, Consumer<QueueTally> onLoaded) {
    this.access = access;
    this.look = look;
    this.onLoaded = onLoaded;
  }

  @Override
  public void run() {
    try {
      while (isRunning()) {
        try (Admin admin = access.admin();
            var consumer = access.consumer()) {
          new Reading(admin, consumer).run();
          consumer.close(CloseOptions.timeout(CLOSE));
        } catch (KafkaException | DeadLettersException e) {
          outage.failed(e);
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Numbers for a dashboard are no reason to end a service that raises alerts.
      log.error("the dead letters are not counted any more", e);
    }
  }

  /** Asks {@link #run()} to end. Any thread. */
  void stop() {
    stopped.countDown();
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void pause() throws InterruptedException {
    if (stopped.await(look.toMillis(), TimeUnit.MILLISECONDS)) {
      log.debug("stopped");
    }
  }

  /** One tally, from the beginning of the topics until it cannot be trusted. */
  private final class Reading {
    private final Admin admin;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private QueueTopics topics;
    private final QueueTally tally;
    private long looked = System.nanoTime();

    Reading(Admin admin, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
      this.admin = admin;
      this.consumer = consumer;
      this.topics = QueueTopics.read(access, admin);
      this.tally = new QueueTally(topics.ids());
    }

    void run() {
      List<TopicPartition> markers = topics.partitions(KafkaTopics.SETTLED);
      consumer.assign(markers);
      consumer.seekToBeginning(markers);
      readTo(consumer.endOffsets(markers));
      List<TopicPartition> letters = new ArrayList<>(topics.partitions(KafkaTopics.DEAD_LETTERS));
      letters.addAll(topics.partitions(KafkaTopics.PARKED));
      List<TopicPartition> all = new ArrayList<>(markers);
      all.addAll(letters);
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(letters);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(letters);
      letters.forEach(
          partition ->
              consumer.seek(
                  partition,
                  Math.max(
                      starts.getOrDefault(partition, 0L),
                      topics.retried(partition, ends.getOrDefault(partition, 0L)))));
      readTo(ends);
      if (isRunning()) {
        onLoaded.accept(tally);
      }
      boolean trusted = true;
      while (isRunning() && trusted) {
        poll();
        if (System.nanoTime() - looked >= look.toNanos()) {
          trusted = look(letters);
          looked = System.nanoTime();
        }
      }
    }

    private void readTo(Map<TopicPartition, Long> ends) {
      while (isRunning()
          && ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        poll();
      }
    }

    private void poll() {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(KafkaTopics.SETTLED)) {
          tally.marker(record);
        } else {
          tally.letter(record);
        }
      }
      tally.update();
    }

    /** Follows the retry connector and the retention; whether the tally still holds. */
    private boolean look(Collection<TopicPartition> letters) {
      QueueTopics now;
      Map<TopicPartition, Long> starts;
      try {
        now = QueueTopics.read(access, admin);
        starts = consumer.beginningOffsets(letters);
        outage.recovered();
      } catch (KafkaException | DeadLettersException e) {
        outage.failed(e);
        return true;
      }
      if (!now.ids().equals(topics.ids()) || wentBack(now, letters)) {
        log.info("the dead letters are counted anew: a topic was made anew, or retrying went back");
        return false;
      }
      Map<TopicPartition, Long> passed = new HashMap<>(starts);
      letters.forEach(
          partition -> passed.merge(partition, now.retried(partition, Long.MAX_VALUE), Math::max));
      passed.forEach(tally::passed);
      tally.update();
      topics = now;
      return true;
    }

    private boolean wentBack(QueueTopics now, Collection<TopicPartition> letters) {
      return letters.stream()
          .anyMatch(p -> now.retried(p, Long.MAX_VALUE) < topics.retried(p, Long.MAX_VALUE));
    }
  }
}
