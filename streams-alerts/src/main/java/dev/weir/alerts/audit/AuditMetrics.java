package dev.weir.alerts.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The totals of the audit over all devices of this process. They balance:
 *
 * <pre>weir_audit_readings = next + ahead + filled + late + duplicate + restart</pre>
 *
 * <p>The counters count what was processed by this process, as those of detection do. The gauges
 * tell the state of the devices whose partitions it has; over all replicas they are summed up.
 * Thread-safe.
 */
final class AuditMetrics {

  private final Map<Place, Counter> places = new EnumMap<>(Place.class);
  private final Counter givenUp;
  private final AtomicLong devices = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();

  AuditMetrics(MeterRegistry registry) {
    for (Place place : Place.values()) {
      places.put(
          place,
          Counter.builder("weir.audit.readings")
              .description("Readings by where they stand in their device's count")
              .tag("place", place.code())
              .register(registry));
    }
    givenUp =
        Counter.builder("weir.audit.given.up")
            .description("Missing readings that are not waited for any more")
            .register(registry);
    Gauge.builder("weir.audit.devices", devices, AtomicLong::get)
        .description("Devices that have ever sent a reading")
        .register(registry);
    Gauge.builder("weir.audit.gaps.open", gaps, AtomicLong::get)
        .description("Gaps in the devices' counts that are open now")
        .register(registry);
    Gauge.builder("weir.audit.missing", missing, AtomicLong::get)
        .description("Readings that are missing in the open gaps")
        .register(registry);
  }

  void placed(Place place) {
    Counter counter = places.get(place);
    if (counter != null) {
      counter.increment();
    }
  }

  void gaveUp(long readings) {
    givenUp.increment((double) readings);
  }

  /** Adds to the gauges; negative numbers take away. */
  void add(Totals change) {
    devices.addAndGet(change.devices());
    gaps.addAndGet(change.gaps());
    missing.addAndGet(change.missing());
  }

  /** What the gauges show of some devices. */
  record Totals(long devices, long gaps, long missing) {

    static final Totals NONE = new Totals(0, 0, 0);

    static Totals of(DeviceAudit audit) {
      OpenGaps gaps = audit.gaps();
      return new Totals(1, gaps.list().size(), gaps.missing());
    }

    Totals plus(Totals other) {
      return new Totals(devices + other.devices, gaps + other.gaps, missing + other.missing);
    }

    Totals minus(Totals other) {
      return new Totals(devices - other.devices, gaps - other.gaps, missing - other.missing);
    }
  }
}
