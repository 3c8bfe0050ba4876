package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.StandardAtmosphere;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** Barometer at 50 Hz in the standard atmosphere; drift stands for weather and warming, wind does not press on it yet. */
final class PressureSensor {
    static final long PERIOD_NANOS = 20_000_000;

    private final SensorSpecification.Barometer spec;
    private final AxisChannels channels;
    private final double originAltitudeMslMeters;
    private final GaussianSampler noise;
    private final BiasWalk drift;

    PressureSensor(SensorSpecification.Barometer spec, Site site, AxisChannels channels, RandomStreams chance) {
        this.spec = spec;
        this.channels = channels;
        originAltitudeMslMeters = site.origin().altitudeMslMeters();
        noise = chance.gaussian("barometer noise");
        drift = new BiasWalk(spec.drift(), PERIOD_NANOS * 1e-9, chance.gaussian("barometer drift"));
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        drift.advance();
        double truth = StandardAtmosphere.pressurePascals(originAltitudeMslMeters - state.positionDownMeters());
        out.pressurePascals =
                channels.pass(SensorAxis.BAROMETER, truth + drift.value() + spec.noiseSigmaPascals() * noise.next());
        out.barometerTimeNanos = flightTimeNanos;
        out.barometerFresh = true;
    }
}
