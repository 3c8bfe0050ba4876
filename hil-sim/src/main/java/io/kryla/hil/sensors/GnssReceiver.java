package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.LocalTangentPlane;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** GNSS at 5 Hz: a fix is measured at its time of validity and arrives a latency later. */
final class GnssReceiver {
    static final long PERIOD_NANOS = 200_000_000;
    private static final long MOST_EXTRA_LATENCY_NANOS = 5_000_000_000L;
    private static final int VALUES = 6;

    private final SensorSpecification.Gnss spec;
    private final LocalTangentPlane plane;
    private final long latencyNanos;
    private final double horizontalSigma;
    private final double verticalSigma;
    private final GaussianSampler noise;
    private final BiasWalk northBias;
    private final BiasWalk eastBias;
    private final BiasWalk downBias;

    /** Fixes on their way, a ring: position and velocity NED, and the time of validity. */
    private final double[][] pending;

    private final long[] pendingTime;
    private int head;
    private int waiting;

    GnssReceiver(SensorSpecification.Gnss spec, Site site, RandomStreams chance) {
        this.spec = spec;
        plane = new LocalTangentPlane(site.origin());
        latencyNanos = (long) (spec.latencySeconds() * 1e9 + 0.5);
        noise = chance.gaussian("gnss noise");
        double period = PERIOD_NANOS * 1e-9;
        northBias = new BiasWalk(spec.horizontalBias(), period, chance.gaussian("gnss bias north"));
        eastBias = new BiasWalk(spec.horizontalBias(), period, chance.gaussian("gnss bias east"));
        downBias = new BiasWalk(spec.verticalBias(), period, chance.gaussian("gnss bias down"));
        horizontalSigma = root(spec.horizontalNoiseSigmaMeters(), spec.horizontalBias());
        verticalSigma = root(spec.verticalNoiseSigmaMeters(), spec.verticalBias());
        int slots = (int) ((latencyNanos + MOST_EXTRA_LATENCY_NANOS) / PERIOD_NANOS) + 2;
        pending = new double[slots][VALUES];
        pendingTime = new long[slots];
    }

    private static double root(double noiseSigma, BiasProcess bias) {
        double biasSigma = bias.stationarySigma();
        return Math.sqrt(noiseSigma * noiseSigma + biasSigma * biasSigma);
    }

    void sample(TrueStateView state, long flightTimeNanos, GnssFaults faults, SensorReadings out) {
        if (flightTimeNanos % PERIOD_NANOS == 0) {
            measure(state, flightTimeNanos, faults);
        }
        long latency = latencyNanos + (long) (faults.latencySeconds() * 1e9);
        while (waiting > 0 && pendingTime[head] + latency <= flightTimeNanos) {
            // An outage swallows what is on its way, too; chance has been drawn all the same, so that the fixes after
            // it are those of a flight without it.
            if (faults.hasFix()) {
                deliver(pending[head], pendingTime[head], faults, out);
            }
            head = (head + 1) % pending.length;
            waiting--;
        }
    }

    private void measure(TrueStateView state, long flightTimeNanos, GnssFaults faults) {
        northBias.advance();
        eastBias.advance();
        downBias.advance();
        int slot = (head + waiting) % pending.length;
        double[] fix = pending[slot];
        double ratio = faults.noiseRatio();
        double horizontal = ratio * spec.horizontalNoiseSigmaMeters();
        double velocity = ratio * spec.velocityNoiseSigmaMetersPerSecond();
        fix[0] = state.positionNorthMeters()
                + northBias.value()
                + horizontal * noise.next()
                + faults.offsetNorthMeters();
        fix[1] = state.positionEastMeters() + eastBias.value() + horizontal * noise.next() + faults.offsetEastMeters();
        fix[2] = state.positionDownMeters()
                + downBias.value()
                + ratio * spec.verticalNoiseSigmaMeters() * noise.next()
                + faults.offsetDownMeters();
        fix[3] = state.velocityNorthMetersPerSecond() + velocity * noise.next();
        fix[4] = state.velocityEastMetersPerSecond() + velocity * noise.next();
        fix[5] = state.velocityDownMetersPerSecond() + velocity * noise.next();
        pendingTime[slot] = flightTimeNanos;
        waiting++;
    }

    private void deliver(double[] fix, long validAtNanos, GnssFaults faults, SensorReadings out) {
        out.latitudeRadians = plane.latitudeRadians(fix[0]);
        out.longitudeRadians = plane.longitudeRadians(fix[1]);
        out.altitudeMslMeters = plane.altitudeMslMeters(fix[2]);
        out.velocityNorthMetersPerSecond = fix[3];
        out.velocityEastMetersPerSecond = fix[4];
        out.velocityDownMetersPerSecond = fix[5];
        double ratio = faults.noiseRatio();
        out.gnssHorizontalSigmaMeters = ratio * horizontalSigma;
        out.gnssVerticalSigmaMeters = ratio * verticalSigma;
        out.gnssVelocitySigmaMetersPerSecond = ratio * spec.velocityNoiseSigmaMetersPerSecond();
        out.gnssSatellites = Math.min(spec.satellites(), faults.mostSatellites());
        out.gnssTimeNanos = validAtNanos;
        out.gnssFresh = true;
    }
}
