package dev.weir.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.DeadLetter;
import dev.weir.model.Device;
import dev.weir.model.RecordPosition;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topics, whoever wrote it: what cannot be understood of it is {@link
 * #UNKNOWN}. Immutable, as long as nobody changes its bytes.
 */
public final class Letter {

  /** The reason and stage of a record that does not say them. */
  public static final String UNKNOWN = "unknown";

  private static final String USERS = "users/";

  private final ConsumerRecord<byte @Nullable [], byte @Nullable []> letter;
  private final RecordPosition id;
  private final Place place;
  private final Map<String, String> ours = new LinkedHashMap<>();
  private final List<Header> foreign = new ArrayList<>();
  private final Optional<DeadLetter> told;
  private final Optional<Device> keyDevice;

  private Letter(ConsumerRecord<byte @Nullable [], byte @Nullable []> letter, Place place) {
    this.letter = letter;
    this.place = place;
    id = new RecordPosition(letter.topic(), letter.partition(), letter.offset());
    for (Header header : letter.headers()) {
      if (!header.key().startsWith(DeadLetter.HEADER_PREFIX)) {
        foreign.add(header);
      } else if (header.value() != null) {
        ours.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    told = DeadLetter.parse(ours);
    byte[] key = letter.key();
    keyDevice = key == null ? Optional.empty() : Device.ofKey(new String(key, UTF_8));
  }

  /**
   * The letter that a record is.
   *
   * @throws IllegalArgumentException where it is not from a dead-letter topic
   */
  public static Letter of(ConsumerRecord<byte @Nullable [], byte @Nullable []> letter) {
    return new Letter(
        letter,
        Place.ofTopic(letter.topic())
            .orElseThrow(
                () -> new IllegalArgumentException("no topic of dead letters: " + letter.topic())));
  }

  /** Its name: where it stands. */
  public RecordPosition id() {
    return id;
  }

  /** Whether it waits or is parked. */
  public Place place() {
    return place;
  }

  /** The original key; null if there was none. */
  public byte @Nullable [] key() {
    return letter.key();
  }

  /** The original bytes; null if there were none. */
  public byte @Nullable [] value() {
    return letter.value();
  }

  /** Why it was refused, if this version of Weir knows such a reason. */
  public Optional<RejectionReason> knownReason() {
    return told.map(dead -> dead.rejection().reason());
  }

  /** The reason's code, or {@link #UNKNOWN}. */
  public String reason() {
    return knownReason().map(RejectionReason::code).orElse(UNKNOWN);
  }

  /** The stage's code, or {@link #UNKNOWN}. */
  public String stage() {
    return told.map(dead -> dead.stage().code()).orElse(UNKNOWN);
  }

  /** When it was refused; when Kafka took the letter if it does not say. */
  public Instant time() {
    return told.map(DeadLetter::time).orElse(Instant.ofEpochMilli(letter.timestamp()));
  }

  /** How often it was refused; 1 if it does not say. */
  public int attempt() {
    return told.map(DeadLetter::attempt).orElse(1);
  }

  /** One of our headers, as text. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(ours.get(name));
  }

  /** The headers of others, such as a trace's, in order. */
  public List<Header> foreignHeaders() {
    return List.copyOf(foreign);
  }

  /** The device that the key names, or else the MQTT topic it came from. */
  public Optional<Device> device() {
    return keyDevice.or(() -> header(DeadLetter.SOURCE).flatMap(Device::ofTelemetryTopic));
  }

  /** The device's user; also where an MQTT topic names a user but no device. */
  public Optional<String> user() {
    Optional<String> topic = header(DeadLetter.SOURCE).filter(source -> source.startsWith(USERS));
    return device()
        .map(Device::user)
        .or(() -> topic.map(t -> t.substring(USERS.length()).replaceFirst("/.*", "")))
        .filter(user -> !user.isEmpty());
  }

  /** The letter that was retried and ended as this one. */
  public Optional<RecordPosition> retryOf() {
    return header(DeadLetter.RETRY_OF).flatMap(RecordPosition::parse);
  }

  /** Whether it holds all of the refused bytes. */
  public boolean isWhole() {
    return header(DeadLetter.ORIGINAL_LENGTH).isEmpty();
  }

  /** Where it belongs, or why it cannot be replayed. */
  public Decision destination() {
    return Decision.destination(header(DeadLetter.SOURCE), keyDevice, isWhole());
  }

  /** What it shares with its copies, and with nothing else. */
  public Identity identity() {
    String belongs =
        destination() instanceof Decision.Replay replay ? replay.topic() : isWhole() ? "" : "/";
    return Identity.of(letter.key(), letter.value(), belongs);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
