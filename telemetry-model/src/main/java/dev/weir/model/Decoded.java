package dev.weir.model;

/** What became of one JSON element of a payload: a reading, or a rejection of just that element. */
public sealed interface Decoded permits Reading, Rejected {

  /** The element's own bytes within the payload. */
  Slice source();
}
