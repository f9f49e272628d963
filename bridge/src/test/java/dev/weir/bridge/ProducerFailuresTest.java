package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.ProducerFailures.Verdict;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ProducerFailuresTest {

  @Test
  void deadLettersWhatKafkaRefusesForWhatItIs() {
    assertThat(ProducerFailures.ofReported(new RecordTooLargeException()))
        .isEqualTo(Verdict.RECORD_REFUSED);
    assertThat(ProducerFailures.ofReported(new InvalidRecordException("no")))
        .isEqualTo(Verdict.RECORD_REFUSED);
  }

  @Test
  void triesAgainAfterOutagesAndOperatorsFaults() {
    for (Exception failure :
        new Exception[] {
          new TimeoutException("t"),
          new BufferExhaustedException("b"),
          new NotEnoughReplicasException("n"),
          new TopicAuthorizationException("telemetry"),
          new ClusterAuthorizationException("c"),
          new SaslAuthenticationException("s"),
          new InvalidTopicException("i"),
          new KafkaException("part of a refused batch")
        }) {
      assertThat(ProducerFailures.ofReported(failure))
          .as("%s", failure)
          .isEqualTo(Verdict.COME_AGAIN);
    }
    assertThat(
            ProducerFailures.ofThrown(
                new InterruptException("while waiting", new InterruptedException())))
        .isEqualTo(Verdict.COME_AGAIN);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void endsTheProcessWhenTheProducerCannotGoOn() {
    assertThat(ProducerFailures.ofReported(new OutOfOrderSequenceException("o")))
        .isEqualTo(Verdict.FATAL);
    assertThat(ProducerFailures.ofReported(new ProducerFencedException("p")))
        .isEqualTo(Verdict.FATAL);
    assertThat(ProducerFailures.ofThrown(new KafkaException("in error state")))
        .isEqualTo(Verdict.FATAL);
    assertThat(ProducerFailures.ofThrown(new IllegalStateException("closed")))
        .isEqualTo(Verdict.FATAL);
  }

  @Test
  void deadLettersNoReadingBecauseOfAWrongClock() {
    assertThat(
            ProducerFailures.ofReported(
                new InvalidTimestampException("Timestamp 1 of message with offset 0 is out of")))
        .isEqualTo(Verdict.COME_AGAIN);
    assertThat(
            ProducerFailures.ofReported(
                new InvalidRecordException("Timestamp 1 of message with offset 0 is out of")))
        .isEqualTo(Verdict.COME_AGAIN);
  }
}
