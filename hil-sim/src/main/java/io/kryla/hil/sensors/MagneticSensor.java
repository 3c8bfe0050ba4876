package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.Attitude;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** Three-axis magnetometer at 100 Hz in the site's constant field; currents on board do not disturb it yet. */
final class MagneticSensor {
    static final long PERIOD_NANOS = 10_000_000;

    private final AxisChannels channels;
    private final double fieldNorth;
    private final double fieldEast;
    private final double fieldDown;
    private final double sigma;
    private final GaussianSampler noise;
    private final BiasWalk[] bias = new BiasWalk[3];
    private final double[] rotation = new double[9];

    MagneticSensor(SensorSpecification.Magnetometer spec, Site site, AxisChannels channels, RandomStreams chance) {
        this.channels = channels;
        double horizontal = site.magneticIntensityTesla() * StrictMath.cos(site.magneticInclinationRadians());
        fieldNorth = horizontal * StrictMath.cos(site.magneticDeclinationRadians());
        fieldEast = horizontal * StrictMath.sin(site.magneticDeclinationRadians());
        fieldDown = site.magneticIntensityTesla() * StrictMath.sin(site.magneticInclinationRadians());
        double period = PERIOD_NANOS * 1e-9;
        sigma = spec.noiseDensity() / Math.sqrt(period);
        noise = chance.gaussian("magnetometer noise");
        for (int axis = 0; axis < 3; axis++) {
            bias[axis] = new BiasWalk(spec.bias(), period, chance.gaussian("magnetometer bias " + axis));
        }
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        for (BiasWalk walk : bias) {
            walk.advance();
        }
        Attitude.toMatrix(state.attitudeW(), state.attitudeX(), state.attitudeY(), state.attitudeZ(), rotation);
        out.magneticFieldFrdXTesla = axis(SensorAxis.MAGNETOMETER_X, 0);
        out.magneticFieldFrdYTesla = axis(SensorAxis.MAGNETOMETER_Y, 1);
        out.magneticFieldFrdZTesla = axis(SensorAxis.MAGNETOMETER_Z, 2);
        out.magnetometerTimeNanos = flightTimeNanos;
        out.magnetometerFresh = true;
    }

    private double axis(SensorAxis channel, int i) {
        double truth = rotation[i] * fieldNorth + rotation[3 + i] * fieldEast + rotation[6 + i] * fieldDown;
        return channels.pass(channel, truth + bias[i].value() + sigma * noise.next());
    }
}
