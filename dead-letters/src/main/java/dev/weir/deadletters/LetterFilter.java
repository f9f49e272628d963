package dev.weir.deadletters;

import dev.weir.model.Device;
import dev.weir.model.RecordPosition;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that meet every condition given.
 *
 * @param reasons codes, or empty for any
 * @param stage a code
 * @param user a user's name
 * @param device a device's name, or {@code user/device}
 * @param since refused at or after this
 * @param until refused before this
 * @param ids names of letters, or empty for any
 * @param place where they stand
 */
public record LetterFilter(
    Set<String> reasons,
    @Nullable String stage,
    @Nullable String user,
    @Nullable String device,
    @Nullable Instant since,
    @Nullable Instant until,
    Set<RecordPosition> ids,
    @Nullable Place place) {

  /** All of them. */
  public static final LetterFilter ALL =
      new LetterFilter(Set.of(), null, null, null, null, null, Set.of(), null);

  public LetterFilter {
    reasons = Set.copyOf(reasons);
    ids = Set.copyOf(ids);
  }

  /** Whether a letter is meant. */
  public boolean matches(Letter letter) {
    return (place == null || place == letter.place())
        && (reasons.isEmpty() || reasons.contains(letter.reason()))
        && (stage == null || stage.equals(letter.stage()))
        && (ids.isEmpty() || ids.contains(letter.id()))
        && (since == null || !letter.time().isBefore(since))
        && (until == null || letter.time().isBefore(until))
        && (user == null || letter.user().filter(user::equals).isPresent())
        && (device == null || letter.device().filter(this::isMeant).isPresent());
  }

  private boolean isMeant(Device candidate) {
    return candidate.id().equals(device) || candidate.key().equals(device);
  }
}
