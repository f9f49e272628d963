package dev.weir.cli;

import dev.weir.deadletters.KafkaAccess;
import dev.weir.deadletters.Letter;
import dev.weir.deadletters.LetterFilter;
import dev.weir.deadletters.Place;
import dev.weir.model.DeadLetter;
import dev.weir.model.RecordPosition;
import dev.weir.model.RejectionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the dead letters are and which are meant: the options that all of {@code dlq} share. */
public final class DlqOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      split = ",",
      description = "Refused for this reason; may be given several times.")
  private List<String> reasons = List.of();

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Refused by bridge, sink or alerts.")
  private @Nullable String stage;

  @Option(names = "--user", paramLabel = "NAME", description = "Of this user.")
  private @Nullable String user;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Of this device, written DEVICE or USER/DEVICE.")
  private @Nullable String device;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Refused since: 2026-01-31T12:00:00Z, or how long ago, like 24h.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Refused before: written like --since.")
  private @Nullable Instant until;

  @Option(
      names = "--id",
      paramLabel = "ID",
      split = ",",
      description = "This one, as telemetry.dlq-1@17; may be given several times.")
  private List<String> ids = List.of();

  @Option(names = "--waiting", description = "Only those the retry connector has not got to.")
  private boolean waiting;

  @Option(names = "--parked", description = "Only those refused again after their retry.")
  private boolean parked;

  /** How Kafka is reached. */
  KafkaAccess kafka() {
    return kafka.access(command());
  }

  /**
   * Which letters are meant.
   *
   * @throws ParameterException naming every option that is wrong
   */
  LetterFilter filter() {
    List<String> problems = new ArrayList<>();
    Set<String> known =
        Stream.concat(
                Arrays.stream(RejectionReason.values()).map(RejectionReason::code),
                Stream.of(Letter.UNKNOWN))
            .collect(Collectors.toSet());
    reasons.stream()
        .filter(reason -> !known.contains(reason))
        .map(
            reason ->
                "--reason %s is none of %s"
                    .formatted(reason, known.stream().sorted().collect(Collectors.joining(", "))))
        .forEach(problems::add);
    if (stage != null
        && DeadLetter.Stage.ofCode(stage).isEmpty()
        && !stage.equals(Letter.UNKNOWN)) {
      problems.add("--stage must be bridge, sink, alerts or unknown, not " + stage);
    }
    if (waiting && parked) {
      problems.add("--waiting and --parked exclude each other; leave both out for all");
    }
    if (since != null && until != null && !since.isBefore(until)) {
      problems.add("--since must be before --until");
    }
    Set<RecordPosition> positions = new HashSet<>();
    for (String id : ids) {
      RecordPosition.parse(id)
          .filter(position -> Place.ofTopic(position.topic()).isPresent())
          .ifPresentOrElse(
              positions::add,
              () ->
                  problems.add(
                      "'%s' names no dead letter; `weir dlq show` gives their names, such as"
                              .formatted(id)
                          + " telemetry.dlq-1@17"));
    }
    if (!problems.isEmpty()) {
      throw wrong(problems);
    }
    Place place = waiting ? Place.WAITING : parked ? Place.PARKED : null;
    return new LetterFilter(
        Set.copyOf(reasons), stage, user, device, since, until, positions, place);
  }

  private ParameterException wrong(List<String> problems) {
    return new ParameterException(command().commandLine(), String.join("\n", problems));
  }

  private CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return command;
  }
}
