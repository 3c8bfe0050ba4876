package io.kryla.hil.estimation;

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

    private static final double BAROMETER_SIGMA_METERS = 0.2;

    private final double declinationRadians;
    private final StandstillAlignment alignment = new StandstillAlignment();
    private final ErrorStateFilter filter = new ErrorStateFilter();
    private final PlaceReference place = new PlaceReference();
    private final OutlierGate barometerGate = new OutlierGate();
    private final GnssAiding gnss = new GnssAiding(filter, place);
    private final HeadingAiding heading;
    private final LiveEstimate view = new LiveEstimate(this, filter, place);

    private boolean aligned;
    private boolean standing = true;
    private long lastImuNanos = -1;
    private long nowNanos;

    /** @param magneticDeclinationRadians of the place, from a chart */
    public NavigationFilter(double magneticDeclinationRadians) {
        declinationRadians = magneticDeclinationRadians;
        heading = new HeadingAiding(filter, magneticDeclinationRadians);
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
            heading.take(readings, nowNanos);
        }
        if (readings.barometerFresh) {
            fuseBarometer(readings);
        }
        if (readings.gnssFresh) {
            gnss.take(readings, standing, nowNanos);
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
            heading.restart(alignment.dipRatio());
            alignment.restart();
            place.restart();
            gnss.restart();
            barometerGate.restart();
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

    private void fuseBarometer(SensorReadings readings) {
        double pressureAltitude = PressureAltitude.meters(readings.pressurePascals);
        if (standing) {
            place.learnPressureAltitude(pressureAltitude);
            return;
        }
        double innovation = place.downOfPressureAltitude(pressureAltitude) - filter.position[2];
        double ratio = filter.ratio(POSITION + 2, innovation, BAROMETER_SIGMA_METERS);
        filter.apply(barometerGate.decide(ratio, nowNanos), POSITION + 2, innovation, BAROMETER_SIGMA_METERS);
    }

    boolean aligned() {
        return aligned;
    }

    boolean gnssUsed() {
        return gnss.inUse(nowNanos);
    }
}
