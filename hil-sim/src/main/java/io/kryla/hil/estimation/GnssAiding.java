package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.ErrorCovariance.POSITION;
import static io.kryla.hil.estimation.ErrorCovariance.VELOCITY;

import io.kryla.hil.readings.SensorReadings;

/** Compares each fix with where the filter believed to be when the fix was true, and corrects the present. */
final class GnssAiding {
    // A receiver's own sigma says little of a bias that wanders over a minute; these floors keep the filter modest.
    private static final double LEAST_HORIZONTAL_SIGMA = 0.3;
    private static final double LEAST_VERTICAL_SIGMA = 1.0;
    private static final double LEAST_VELOCITY_SIGMA = 0.07;
    private static final long STALE_NANOS = 1_000_000_000L;

    private final ErrorStateFilter filter;
    private final PlaceReference place;
    private final OutlierGate positionGate = new OutlierGate();
    private final OutlierGate velocityGate = new OutlierGate();
    private final OutlierGate heightGate = new OutlierGate();
    private long lastUsedNanos;
    private boolean everUsed;

    GnssAiding(ErrorStateFilter filter, PlaceReference place) {
        this.filter = filter;
        this.place = place;
    }

    void restart() {
        positionGate.restart();
        velocityGate.restart();
        heightGate.restart();
    }

    void take(SensorReadings readings, boolean standing, long nowNanos) {
        double sum = readings.latitudeRadians + readings.longitudeRadians + readings.altitudeMslMeters;
        if (!Double.isFinite(sum)) {
            return;
        }
        if (standing) {
            place.learnFix(readings.latitudeRadians, readings.longitudeRadians, readings.altitudeMslMeters);
            used(nowNanos);
        } else if (place.knowsFix()) {
            OutlierGate.Decision position = fusePosition(readings, nowNanos);
            OutlierGate.Decision velocity = fuseVelocity(readings, nowNanos);
            if (position != OutlierGate.Decision.REJECT || velocity != OutlierGate.Decision.REJECT) {
                used(nowNanos);
            }
        }
    }

    private OutlierGate.Decision fusePosition(SensorReadings readings, long nowNanos) {
        long at = readings.gnssTimeNanos;
        double horizontalSigma = Math.max(readings.gnssHorizontalSigmaMeters, LEAST_HORIZONTAL_SIGMA);
        double north = place.north(readings.latitudeRadians) - filter.pastPosition(at, 0);
        double east = place.east(readings.longitudeRadians) - filter.pastPosition(at, 1);
        OutlierGate.Decision decision = positionGate.decide(
                Math.max(
                        filter.ratio(POSITION, north, horizontalSigma),
                        filter.ratio(POSITION + 1, east, horizontalSigma)),
                nowNanos);
        filter.apply(decision, POSITION, north, horizontalSigma);
        filter.apply(decision, POSITION + 1, east, horizontalSigma);

        double verticalSigma = Math.max(readings.gnssVerticalSigmaMeters, LEAST_VERTICAL_SIGMA);
        double down = place.down(readings.altitudeMslMeters) - filter.pastPosition(at, 2);
        // Height lives on the barometer: a vertical fix that disagrees for long is dropped, never a new truth.
        if (heightGate.decide(filter.ratio(POSITION + 2, down, verticalSigma), nowNanos)
                == OutlierGate.Decision.ACCEPT) {
            filter.correct(POSITION + 2, down, verticalSigma);
        }
        return decision;
    }

    private OutlierGate.Decision fuseVelocity(SensorReadings readings, long nowNanos) {
        long at = readings.gnssTimeNanos;
        double sigma = Math.max(readings.gnssVelocitySigmaMetersPerSecond, LEAST_VELOCITY_SIGMA);
        double north = readings.velocityNorthMetersPerSecond - filter.pastVelocity(at, 0);
        double east = readings.velocityEastMetersPerSecond - filter.pastVelocity(at, 1);
        double down = readings.velocityDownMetersPerSecond - filter.pastVelocity(at, 2);
        OutlierGate.Decision decision = velocityGate.decide(
                Math.max(
                        filter.ratio(VELOCITY, north, sigma),
                        Math.max(filter.ratio(VELOCITY + 1, east, sigma), filter.ratio(VELOCITY + 2, down, sigma))),
                nowNanos);
        filter.apply(decision, VELOCITY, north, sigma);
        filter.apply(decision, VELOCITY + 1, east, sigma);
        filter.apply(decision, VELOCITY + 2, down, sigma);
        return decision;
    }

    private void used(long nowNanos) {
        everUsed = true;
        lastUsedNanos = nowNanos;
    }

    boolean inUse(long nowNanos) {
        return everUsed && nowNanos - lastUsedNanos <= STALE_NANOS;
    }
}
