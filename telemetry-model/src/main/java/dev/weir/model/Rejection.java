package dev.weir.model;

/**
 * Why something was refused, as a value.
 *
 * @param reason the kind of fault
 * @param detail what a person needs to mend it: the field, what stood there, what is allowed
 */
public record Rejection(RejectionReason reason, String detail) {

  @Override
  public String toString() {
    return reason.code() + ": " + detail;
  }
}
