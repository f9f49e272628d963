package dev.weir.alerts.audit;

/** How many readings of a device had which place, and how many were given up. */
final class Tally {

  long readings;
  long filled;
  long duplicates;
  long late;
  long restarts;

  /** Readings that are not waited for any more. */
  long givenUp;

  void count(Place place) {
    readings++;
    switch (place) {
      case FILLED -> filled++;
      case DUPLICATE -> duplicates++;
      case LATE -> late++;
      case RESTART -> restarts++;
      case NEXT, AHEAD -> {}
    }
  }
}
