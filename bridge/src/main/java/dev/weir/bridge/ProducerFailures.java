package dev.weir.bridge;

import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells what a failed send means for the record, the connection and the process. */
final class ProducerFailures {

  enum Verdict {
    /** Kafka refuses the record for what it is: no retry helps, the record is dead-lettered. */
    RECORD_REFUSED,
    /** An outage or an operator's fault, such as missing rights: the publish has to come again. */
    COME_AGAIN,
    /** The producer cannot go on: the process ends, and whoever starts it again starts it clean. */
    FATAL
  }

  private static final Set<Class<?>> REFUSED =
      Set.of(
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          InvalidRecordException.class);

  private static final Set<Class<?>> FATAL =
      Set.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          FencedInstanceIdException.class,
          OutOfOrderSequenceException.class,
          UnsupportedVersionException.class);

  private ProducerFailures() {}

  /**
   * What a failure that the producer reports for one record means. A bare {@link KafkaException} is
   * of this kind: it is given to the innocent records of a refused batch, and to all that are left
   * when the producer is closed.
   */
  static Verdict ofReported(Exception failure) {
    if (aboutTheClock(failure)) {
      return Verdict.COME_AGAIN;
    }
    if (REFUSED.contains(failure.getClass())) {
      return Verdict.RECORD_REFUSED;
    }
    if (FATAL.contains(failure.getClass())) {
      return Verdict.FATAL;
    }
    return failure instanceof KafkaException ? Verdict.COME_AGAIN : Verdict.FATAL;
  }

  /**
   * The timestamp of a record is the bridge's, not the device's: one that Kafka finds out of range
   * tells of a clock that is wrong, for every reading. Kafka's client says so with an exception of
   * its own for a single record of a batch; where it is several, only the text tells.
   */
  private static boolean aboutTheClock(Exception failure) {
    return failure instanceof InvalidRecordException
        && String.valueOf(failure.getMessage()).startsWith("Timestamp ");
  }

  /** What an exception thrown by the producer means: a bare one says that it is broken for good. */
  static Verdict ofThrown(RuntimeException failure) {
    return failure.getClass() == KafkaException.class ? Verdict.FATAL : ofReported(failure);
  }
}
