package dev.weir.sink;

import dev.weir.model.Rejection;
import dev.weir.model.RejectionReason;

/** A field's value does not fit its column. Carries no stack trace: it is an answer, not a bug. */
final class UnfitValueException extends Exception {

  private final Rejection rejection;

  UnfitValueException(RejectionReason reason, String detail) {
    super(detail, null, false, false);
    this.rejection = new Rejection(reason, detail);
  }

  Rejection rejection() {
    return rejection;
  }
}
