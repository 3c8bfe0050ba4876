package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.StandardAtmosphere;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/**
 * Barometer at 50 Hz in the standard atmosphere; drift stands for weather and warming, and the air that
 * flows past the airframe sucks at it.
 */
final class PressureSensor {
    static final long PERIOD_NANOS = 20_000_000;

    private final SensorSpecification.Barometer spec;
    private final AxisChannels channels;
    private final double originAltitudeMslMeters;
    private final GaussianSampler noise;
    private final BiasWalk drift;
    private BarometerFaults faults = BarometerFaults.NONE;

    PressureSensor(SensorSpecification.Barometer spec, Site site, AxisChannels channels, RandomStreams chance) {
        this.spec = spec;
        this.channels = channels;
        originAltitudeMslMeters = site.origin().altitudeMslMeters();
        noise = chance.gaussian("barometer noise");
        drift = new BiasWalk(spec.drift(), PERIOD_NANOS * 1e-9, chance.gaussian("barometer drift"));
    }

    void set(BarometerFaults faults) {
        this.faults = faults;
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        drift.advance();
        double truth = StandardAtmosphere.pressurePascals(originAltitudeMslMeters - state.positionDownMeters())
                - (spec.windPressureRatio() + faults.windPressureRatio()) * dynamicPressurePascals(state);
        double read =
                channels.pass(SensorAxis.BAROMETER, truth + drift.value() + spec.noiseSigmaPascals() * noise.next());
        if (faults.lost()) {
            return;
        }
        out.pressurePascals = read;
        out.barometerTimeNanos = flightTimeNanos;
        out.barometerFresh = true;
    }

    private double dynamicPressurePascals(TrueStateView state) {
        double north = state.velocityNorthMetersPerSecond() - state.windNorthMetersPerSecond();
        double east = state.velocityEastMetersPerSecond() - state.windEastMetersPerSecond();
        double down = state.velocityDownMetersPerSecond() - state.windDownMetersPerSecond();
        return 0.5
                * StandardAtmosphere.SEA_LEVEL_DENSITY_KILOGRAMS_PER_CUBIC_METER
                * StandardAtmosphere.densityRatio(originAltitudeMslMeters - state.positionDownMeters())
                * (north * north + east * east + down * down);
    }
}
