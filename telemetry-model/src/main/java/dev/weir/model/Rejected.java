package dev.weir.model;

/**
 * An element that is not a reading.
 *
 * @param rejection why
 * @param source the refused bytes; the whole payload where no element could be told apart
 */
public record Rejected(Rejection rejection, Slice source) implements Decoded {}
