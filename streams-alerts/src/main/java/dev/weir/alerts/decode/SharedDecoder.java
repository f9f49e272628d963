package dev.weir.alerts.decode;

import dev.weir.model.Decoded;
import dev.weir.model.Device;
import dev.weir.model.ReadingDecoder;
import dev.weir.model.Rejected;
import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;
import dev.weir.model.Slice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of {@code telemetry}, each once, although several processors ask for it: a
 * stream thread gives a record to all processors of its topic before it takes the next one, so the
 * last answer of each thread is kept. Thread-safe.
 */
public final class SharedDecoder {

  private final ReadingDecoder decoder;
  private final ThreadLocal<Last> last = ThreadLocal.withInitial(Last::new);

  /** The last answer, valid for this very value; one that is equal to it is decoded anew. */
  private static final class Last {
    private @Nullable String key;
    private byte @Nullable [] value;
    private @Nullable Decoded answer;
  }

  /** A decoder that answers what another one does. */
  public SharedDecoder(ReadingDecoder decoder) {
    this.decoder = decoder;
  }

  /** The reading that a record holds, or why it holds none. */
  public Decoded decode(@Nullable String key, byte @Nullable [] value) {
    Last kept = last.get();
    Decoded answer = kept.answer;
    if (answer == null || kept.value != value || !Objects.equals(kept.key, key)) {
      answer = decodeAnew(key, value);
      kept.key = key;
      kept.value = value;
      kept.answer = answer;
    }
    return answer;
  }

  private Decoded decodeAnew(@Nullable String key, byte @Nullable [] value) {
    Optional<Device> device = key == null ? Optional.empty() : Device.ofKey(key);
    if (device.isEmpty()) {
      return refused(RejectionReason.INVALID_IDENTITY, "the record's key is not user/device");
    }
    if (value == null) {
      return refused(RejectionReason.EMPTY, "the record has no value");
    }
    return decoder.decodeOne(device.get(), value);
  }

  private static Rejected refused(RejectionReason reason, String detail) {
    return new Rejected(new Rejection(reason, detail), Slice.of(new byte[0]));
  }
}
