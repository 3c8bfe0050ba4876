package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** Battery monitor at 10 Hz. Its charge count is the true one: a coulomb counter without error. */
final class BatterySensor {
    static final long PERIOD_NANOS = 100_000_000;

    private final SensorSpecification.BatteryMonitor spec;
    private final GaussianSampler noise;

    BatterySensor(SensorSpecification.BatteryMonitor spec, RandomStreams chance) {
        this.spec = spec;
        noise = chance.gaussian("battery noise");
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        out.batteryVoltageVolts = state.batteryVoltageVolts() + spec.voltageNoiseSigmaVolts() * noise.next();
        out.batteryCurrentAmperes = state.batteryCurrentAmperes() + spec.currentNoiseSigmaAmperes() * noise.next();
        out.batteryRemainingRatio = state.batteryChargeRatio();
        out.batteryTimeNanos = flightTimeNanos;
        out.batteryFresh = true;
    }
}
