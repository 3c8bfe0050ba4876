package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.Attitude;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** Three-axis magnetometer at 100 Hz in the site's constant field, disturbed by the currents on board. */
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
    private final SensorSpecification.Magnetometer spec;
    private MagnetometerFaults faults = MagnetometerFaults.NONE;

    MagneticSensor(SensorSpecification.Magnetometer spec, Site site, AxisChannels channels, RandomStreams chance) {
        this.spec = spec;
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

    void set(MagnetometerFaults faults) {
        this.faults = faults;
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        for (BiasWalk walk : bias) {
            walk.advance();
        }
        Attitude.toMatrix(state.attitudeW(), state.attitudeX(), state.attitudeY(), state.attitudeZ(), rotation);
        double amperes = state.batteryCurrentAmperes();
        double x = field(0) + (spec.xTeslaPerAmpere() + faults.xTeslaPerAmpere()) * amperes;
        double y = field(1) + (spec.yTeslaPerAmpere() + faults.yTeslaPerAmpere()) * amperes;
        double z = field(2) + (spec.zTeslaPerAmpere() + faults.zTeslaPerAmpere()) * amperes;
        double xy = faults.softIronXyRatio();
        double xz = faults.softIronXzRatio();
        double yz = faults.softIronYzRatio();
        double readX = read(SensorAxis.MAGNETOMETER_X, 0, x + xy * y + xz * z);
        double readY = read(SensorAxis.MAGNETOMETER_Y, 1, y + xy * x + yz * z);
        double readZ = read(SensorAxis.MAGNETOMETER_Z, 2, z + xz * x + yz * y);
        // Chance is drawn all the same, so that samples after the loss are those of a flight without it.
        if (faults.lost()) {
            return;
        }
        out.magneticFieldFrdXTesla = readX;
        out.magneticFieldFrdYTesla = readY;
        out.magneticFieldFrdZTesla = readZ;
        out.magnetometerTimeNanos = flightTimeNanos;
        out.magnetometerFresh = true;
    }

    private double field(int axis) {
        return rotation[axis] * fieldNorth + rotation[3 + axis] * fieldEast + rotation[6 + axis] * fieldDown;
    }

    private double read(SensorAxis channel, int i, double truth) {
        return channels.pass(channel, truth + bias[i].value() + sigma * noise.next());
    }
}
