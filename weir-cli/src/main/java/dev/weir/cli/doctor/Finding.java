package dev.weir.cli.doctor;

/**
 * Something that was found and should not be so.
 *
 * @param severity how much it matters
 * @param found what was seen, as {@code where: setting=value}
 * @param reason what can come of it, in one sentence
 * @param fix a command or a setting
 */
public record Finding(Severity severity, String found, String reason, String fix) {

  static Finding loss(String found, String reason, String fix) {
    return new Finding(Severity.LOSS, found, reason, fix);
  }

  static Finding strand(String found, String reason, String fix) {
    return new Finding(Severity.STRAND, found, reason, fix);
  }

  static Finding note(String found, String reason, String fix) {
    return new Finding(Severity.NOTE, found, reason, fix);
  }
}
