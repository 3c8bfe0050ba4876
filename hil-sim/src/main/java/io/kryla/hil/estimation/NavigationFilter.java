package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.ErrorCovariance.ATTITUDE;
import static io.kryla.hil.estimation.ErrorCovariance.POSITION;
import static io.kryla.hil.estimation.ErrorCovariance.VELOCITY;

import io.kryla.hil.readings.SensorReadings;

/**
 * The controller's own estimator: aligns at a standstill, then navigates by inertia aided by GNSS, barometer and
 * magnetometer heading, each behind a gate that rejects outliers and recovers when they persist.
 *
 * <p>While it is told that the vehicle stands (disarmed), it holds itself still and learns where GNSS and barometer say
 * that this place is; armed, it lives on what it learnt. Without GNSS it dead-reckons. Allocation-free. Confined to one
 * thread. {@code docs/design/0021-estimator.md} says why it is built so.
 */
public final class NavigationFilter {
    private static final double LONGEST_STEP_SECONDS = 0.02;
    private static final double STANDSTILL_VELOCITY_SIGMA = 0.05;
    private static final double STANDSTILL_POSITION_SIGMA = 0.05;
    private static final long STANDSTILL_PERIOD_NANOS = 100_000_000;
    private static final double CARRIED_RATE_RADIANS_PER_SECOND = 0.5;

    // A receiver's own sigma says little of a bias that wanders over a minute; these floors keep the filter modest.
    private static final double LEAST_GNSS_HORIZONTAL_SIGMA = 0.3;
    private static final double LEAST_GNSS_VERTICAL_SIGMA = 1.0;
    private static final double LEAST_GNSS_VELOCITY_SIGMA = 0.07;
    private static final double BAROMETER_SIGMA_METERS = 0.2;
    private static final double HEADING_SIGMA_RADIANS = 0.1;
    private static final double LEAST_FIELD_TESLA = 20e-6;
    private static final double MOST_FIELD_TESLA = 70e-6;
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long GNSS_STALE_NANOS = 1_000_000_000L;

    private final double declinationRadians;
    private final StandstillAlignment alignment = new StandstillAlignment();
    private final ErrorStateFilter filter = new ErrorStateFilter();
    private final PlaceReference place = new PlaceReference();
    private final OutlierGate gnssPositionGate = new OutlierGate(PATIENCE_NANOS);
    private final OutlierGate gnssVelocityGate = new OutlierGate(PATIENCE_NANOS);
    private final OutlierGate gnssHeightGate = new OutlierGate(PATIENCE_NANOS);
    private final OutlierGate barometerGate = new OutlierGate(PATIENCE_NANOS);
    private final OutlierGate headingGate = new OutlierGate(PATIENCE_NANOS);
    private final LiveEstimate view = new LiveEstimate(this, filter, place);

    /** The field's down part over its horizontal part, along the magnetic meridian, as north and east. */
    private double dipNorth;

    private double dipEast;
    private boolean aligned;
    private boolean standing = true;
    private long lastImuNanos = -1;
    private long lastGnssUsedNanos;
    private boolean gnssEverUsed;
    private long nowNanos;

    /** @param magneticDeclinationRadians of the place, from a chart */
    public NavigationFilter(double magneticDeclinationRadians) {
        declinationRadians = magneticDeclinationRadians;
    }

    public EstimateView view() {
        return view;
    }

    /** True while disarmed on the ground: the filter may take it that the vehicle does not move. */
    public void setStanding(boolean standing) {
        if (standing && !this.standing) {
            place.standAt(filter.position);
        }
        this.standing = standing;
    }

    /** Makes the present place home. */
    public void setHomeHere() {
        place.setHome(filter.position);
    }

    public void step(SensorReadings readings, long flightTimeNanos) {
        nowNanos = flightTimeNanos;
        if (!readings.imuFresh) {
            return;
        }
        double dt = lastImuNanos < 0 ? 0.001 : (readings.imuTimeNanos - lastImuNanos) * 1e-9;
        lastImuNanos = readings.imuTimeNanos;
        if (!aligned) {
            align(readings);
            return;
        }
        filter.predict(
                readings.accelerationFrdXMetersPerSecondSquared,
                readings.accelerationFrdYMetersPerSecondSquared,
                readings.accelerationFrdZMetersPerSecondSquared,
                readings.bodyRateFrdXRadiansPerSecond,
                readings.bodyRateFrdYRadiansPerSecond,
                readings.bodyRateFrdZRadiansPerSecond,
                Math.max(0, Math.min(dt, LONGEST_STEP_SECONDS)),
                flightTimeNanos);
        if (standing && wasCarried()) {
            aligned = false;
            alignment.restart();
            return;
        }
        if (standing && flightTimeNanos % STANDSTILL_PERIOD_NANOS == 0) {
            fuseStandstill();
        }
        if (readings.magnetometerFresh) {
            fuseHeading(readings);
        }
        if (readings.barometerFresh) {
            fuseBarometer(readings);
        }
        if (readings.gnssFresh) {
            fuseGnss(readings);
        }
    }

    private void align(SensorReadings readings) {
        if (alignment.add(readings)) {
            filter.start(
                    alignment.rollRadians(),
                    alignment.pitchRadians(),
                    alignment.yawRadians(declinationRadians),
                    alignment.meanBodyRate(0),
                    alignment.meanBodyRate(1),
                    alignment.meanBodyRate(2));
            // Fixed from here on: taken from each noisy reading it would correlate with the innovation and drive the
            // tilt.
            dipNorth = alignment.dipRatio() * StrictMath.cos(declinationRadians);
            dipEast = alignment.dipRatio() * StrictMath.sin(declinationRadians);
            alignment.restart();
            place.restart();
            gnssPositionGate.restart();
            gnssVelocityGate.restart();
            gnssHeightGate.restart();
            barometerGate.restart();
            headingGate.restart();
            aligned = true;
        }
    }

    private boolean wasCarried() {
        return Math.abs(filter.bodyRate[0]) > CARRIED_RATE_RADIANS_PER_SECOND
                || Math.abs(filter.bodyRate[1]) > CARRIED_RATE_RADIANS_PER_SECOND
                || Math.abs(filter.bodyRate[2]) > CARRIED_RATE_RADIANS_PER_SECOND;
    }

    private void fuseStandstill() {
        for (int axis = 0; axis < 3; axis++) {
            filter.correct(VELOCITY + axis, -filter.velocity[axis], STANDSTILL_VELOCITY_SIGMA);
            filter.correct(POSITION + axis, place.standing(axis) - filter.position[axis], STANDSTILL_POSITION_SIGMA);
        }
    }

    /** Of the field only its heading is used: its dip and strength are disturbed first (design note). */
    private void fuseHeading(SensorReadings readings) {
        double x = readings.magneticFieldFrdXTesla;
        double y = readings.magneticFieldFrdYTesla;
        double z = readings.magneticFieldFrdZTesla;
        double strength = Math.sqrt(x * x + y * y + z * z);
        if (!(strength > LEAST_FIELD_TESLA && strength < MOST_FIELD_TESLA)) {
            return;
        }
        double[] r = filter.rotation();
        double north = r[0] * x + r[1] * y + r[2] * z;
        double east = r[3] * x + r[4] * y + r[5] * z;
        double innovation = wrapped(declinationRadians - StrictMath.atan2(east, north));
        double ratio = filter.headingRatio(innovation, dipNorth, dipEast, HEADING_SIGMA_RADIANS);
        OutlierGate.Decision decision = headingGate.decide(ratio, nowNanos);
        if (decision == OutlierGate.Decision.RESET) {
            filter.covariance.grow(ATTITUDE, 3, innovation * innovation);
        }
        if (decision != OutlierGate.Decision.REJECT) {
            filter.correctHeading(innovation, dipNorth, dipEast, HEADING_SIGMA_RADIANS);
        }
    }

    private void fuseBarometer(SensorReadings readings) {
        double pressureAltitude = PressureAltitude.meters(readings.pressurePascals);
        if (standing) {
            place.learnPressureAltitude(pressureAltitude);
            return;
        }
        double innovation = place.downOfPressureAltitude(pressureAltitude) - filter.position[2];
        double ratio = filter.ratio(POSITION + 2, innovation, BAROMETER_SIGMA_METERS);
        take(barometerGate.decide(ratio, nowNanos), POSITION + 2, innovation, BAROMETER_SIGMA_METERS);
    }

    private void fuseGnss(SensorReadings readings) {
        double sum = readings.latitudeRadians + readings.longitudeRadians + readings.altitudeMslMeters;
        if (!Double.isFinite(sum)) {
            return;
        }
        if (standing) {
            place.learnFix(readings.latitudeRadians, readings.longitudeRadians, readings.altitudeMslMeters);
            gnssWasUsed();
            return;
        }
        if (!place.knowsFix()) {
            return;
        }
        long at = readings.gnssTimeNanos;
        double horizontalSigma = Math.max(readings.gnssHorizontalSigmaMeters, LEAST_GNSS_HORIZONTAL_SIGMA);
        double north = place.north(readings.latitudeRadians) - filter.pastPosition(at, 0);
        double east = place.east(readings.longitudeRadians) - filter.pastPosition(at, 1);
        OutlierGate.Decision position = gnssPositionGate.decide(
                Math.max(
                        filter.ratio(POSITION, north, horizontalSigma),
                        filter.ratio(POSITION + 1, east, horizontalSigma)),
                nowNanos);
        take(position, POSITION, north, horizontalSigma);
        take(position, POSITION + 1, east, horizontalSigma);

        double verticalSigma = Math.max(readings.gnssVerticalSigmaMeters, LEAST_GNSS_VERTICAL_SIGMA);
        double down = place.down(readings.altitudeMslMeters) - filter.pastPosition(at, 2);
        // Height lives on the barometer: a vertical fix that disagrees for long is dropped, never a new truth.
        if (gnssHeightGate.decide(filter.ratio(POSITION + 2, down, verticalSigma), nowNanos)
                == OutlierGate.Decision.ACCEPT) {
            filter.correct(POSITION + 2, down, verticalSigma);
        }

        double velocitySigma = Math.max(readings.gnssVelocitySigmaMetersPerSecond, LEAST_GNSS_VELOCITY_SIGMA);
        double velocityNorth = readings.velocityNorthMetersPerSecond - filter.pastVelocity(at, 0);
        double velocityEast = readings.velocityEastMetersPerSecond - filter.pastVelocity(at, 1);
        double velocityDown = readings.velocityDownMetersPerSecond - filter.pastVelocity(at, 2);
        OutlierGate.Decision velocity = gnssVelocityGate.decide(
                Math.max(
                        filter.ratio(VELOCITY, velocityNorth, velocitySigma),
                        Math.max(
                                filter.ratio(VELOCITY + 1, velocityEast, velocitySigma),
                                filter.ratio(VELOCITY + 2, velocityDown, velocitySigma))),
                nowNanos);
        take(velocity, VELOCITY, velocityNorth, velocitySigma);
        take(velocity, VELOCITY + 1, velocityEast, velocitySigma);
        take(velocity, VELOCITY + 2, velocityDown, velocitySigma);
        if (position != OutlierGate.Decision.REJECT || velocity != OutlierGate.Decision.REJECT) {
            gnssWasUsed();
        }
    }

    private void take(OutlierGate.Decision decision, int index, double innovation, double sigma) {
        if (decision == OutlierGate.Decision.ACCEPT) {
            filter.correct(index, innovation, sigma);
        } else if (decision == OutlierGate.Decision.RESET) {
            filter.restartAxis(index, innovation, sigma);
        }
    }

    private void gnssWasUsed() {
        gnssEverUsed = true;
        lastGnssUsedNanos = nowNanos;
    }

    boolean aligned() {
        return aligned;
    }

    boolean gnssUsed() {
        return gnssEverUsed && nowNanos - lastGnssUsedNanos <= GNSS_STALE_NANOS;
    }

    private static double wrapped(double radians) {
        if (radians > StrictMath.PI) {
            return radians - 2 * StrictMath.PI;
        }
        return radians < -StrictMath.PI ? radians + 2 * StrictMath.PI : radians;
    }
}
