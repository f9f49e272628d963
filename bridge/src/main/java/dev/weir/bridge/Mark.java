package dev.weir.bridge;

/**
 * What a slot's commit tells of its session at the broker, to whoever holds the slot next and to
 * the other replicas. The texts stand for a certain set of topic filters: where that changes they
 * have to, so that sessions that are older than it are subscribed again.
 */
enum Mark {
  /** Nothing: a connect is under way, or failed. */
  NONE(""),
  /**
   * The session has been seen subscribed, and what comes from it has waited there, or bears the
   * time of a clock that is wrong.
   */
  BEHIND("subscribed to 3, behind"),
  /** The session has been seen subscribed, and what comes from it is fresh. */
  CURRENT("subscribed to 3");

  private final String metadata;

  Mark(String metadata) {
    this.metadata = metadata;
  }

  /** As it stands in the commit. */
  String metadata() {
    return metadata;
  }

  boolean subscribed() {
    return this != NONE;
  }

  /** The mark that a commit's metadata is; none where they are of another kind. */
  static Mark of(String metadata) {
    for (Mark mark : values()) {
      if (mark.metadata.equals(metadata)) {
        return mark;
      }
    }
    return NONE;
  }
}
