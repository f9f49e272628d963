package dev.weir.alerts.audit;

/**
 * An alert about gaps, from the first that was open too long until all those are filled or given
 * up.
 *
 * @param since when the first of them opened, in milliseconds since 1970
 * @param from the first number that was missing
 * @param through the last number of the youngest gap that was open too long
 * @param peak the most readings that were missing for too long
 * @param lost how many of them were given up so far
 */
record GapEpisode(long since, long from, long through, long peak, long lost) {

  GapEpisode extendedTo(long last, long missing) {
    return new GapEpisode(since, from, Math.max(through, last), Math.max(peak, missing), lost);
  }

  GapEpisode losing(long readings) {
    return new GapEpisode(since, from, through, peak, DeviceAudit.plus(lost, readings));
  }
}
