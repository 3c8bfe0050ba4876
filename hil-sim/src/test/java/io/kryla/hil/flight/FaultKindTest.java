package io.kryla.hil.flight;

import static io.kryla.hil.flight.FaultBench.HOVER;
import static io.kryla.hil.flight.FaultBench.inTheAir;
import static io.kryla.hil.flight.FaultBench.onTheGround;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.geometry.LocalTangentPlane;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.Wind;
import io.kryla.hil.scenario.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of fault does to the airframe or to a reading what its page says; a new kind without a case does not compile. */
class FaultKindTest {
    private static final LocalTangentPlane PLANE =
            new LocalTangentPlane(Site.reference().origin());

    @ParameterizedTest
    @EnumSource
    void doesWhatItSays(FaultKind kind) {
        Runnable check = switch (kind) {
            case ROTOR_THRUST -> this::rotorThrust;
            case ROTOR_LOSS -> this::rotorLoss;
            case ROTOR_SLOW -> this::rotorSlow;
            case ROTOR_STUCK -> this::rotorStuck;
            case ROTOR_REVERSED -> this::rotorReversed;
            case ROTOR_ORDER -> this::rotorOrder;
            case ACCELEROMETER_BIAS -> this::accelerometerBias;
            case ACCELEROMETER_SCALE -> this::accelerometerScale;
            case ACCELEROMETER_NOISE -> this::accelerometerNoise;
            case ACCELEROMETER_STUCK -> this::accelerometerStuck;
            case ACCELEROMETER_SATURATION -> this::accelerometerSaturation;
            case GYRO_BIAS -> this::gyroBias;
            case GYRO_SCALE -> this::gyroScale;
            case GYRO_NOISE -> this::gyroNoise;
            case GYRO_STUCK -> this::gyroStuck;
            case GYRO_SATURATION -> this::gyroSaturation;
            case IMU_VIBRATION -> this::imuVibration;
            case IMU_ORIENTATION -> this::imuOrientation;
            case MAGNETOMETER_HARD_IRON -> this::magnetometerHardIron;
            case MAGNETOMETER_SOFT_IRON -> this::magnetometerSoftIron;
            case MAGNETOMETER_INTERFERENCE -> this::magnetometerInterference;
            case MAGNETOMETER_STUCK -> this::magnetometerStuck;
            case MAGNETOMETER_LOSS -> this::magnetometerLoss;
            case BAROMETER_DRIFT -> this::barometerDrift;
            case BAROMETER_OFFSET -> this::barometerOffset;
            case BAROMETER_NOISE -> this::barometerNoise;
            case BAROMETER_WIND -> this::barometerWind;
            case BAROMETER_STUCK -> this::barometerStuck;
            case BAROMETER_LOSS -> this::barometerLoss;
            case GNSS_OUTAGE -> this::gnssOutage;
            case GNSS_OFFSET -> this::gnssOffset;
            case GNSS_DRIFT -> this::gnssDrift;
            case GNSS_LATENCY -> this::gnssLatency;
            case GNSS_NOISE -> this::gnssNoise;
            case GNSS_SATELLITES -> this::gnssSatellites;
            case BATTERY_WEAK_CELL -> this::batteryWeakCell;
            case BATTERY_SAG -> this::batterySag;
            case BATTERY_COLD -> this::batteryCold;
            case BATTERY_CONTACT -> this::batteryContact;
            case BATTERY_CHARGE -> this::batteryCharge;
            case LINK_LOSS -> this::linkLoss;
            case LINK_SILENCE -> this::linkSilence;
            case LINK_DELAY -> this::linkDelay;
            case AIRFRAME_BALANCE -> this::airframeBalance;
            case AIRFRAME_PAYLOAD -> this::airframePayload;
            case AIRFRAME_ARM_DRAG -> this::airframeArmDrag;
            case AIRFRAME_TIP_OVER -> this::airframeTipOver;
            case WIND_SQUALL -> this::windSquall;
        };
        check.run();
    }

    private void rotorThrust() {
        var weak = inTheAir().with("rotor-thrust, rotor: 1, factor: 0.6").fly(0.2, HOVER);
        // Front right: it rolls right and its nose sinks; its speed and torque are those of a sound one.
        assertThat(weak.truth.bodyRateFrdXRadiansPerSecond()).isPositive();
        assertThat(weak.truth.bodyRateFrdYRadiansPerSecond()).isNegative();
        assertThat(weak.truth.rotorSpeedRadiansPerSecond(0)).isEqualTo(weak.truth.rotorSpeedRadiansPerSecond(2));
    }

    private void rotorLoss() {
        var lost = inTheAir().fly(0.3, HOVER).with("rotor-loss, rotor: 4").fly(0.3, HOVER);
        assertThat(lost.truth.rotorSpeedRadiansPerSecond(3)).isLessThan(1);
        assertThat(lost.truth.rotorSpeedRadiansPerSecond(0)).isGreaterThan(800);
        // Rear right and clockwise: the torque of the two counter-clockwise ones wins and turns it clockwise.
        assertThat(lost.truth.bodyRateFrdZRadiansPerSecond()).isPositive();
    }

    private void rotorSlow() {
        var slow = inTheAir().with("rotor-slow, rotor: 2, factor: 8").fly(0.1, HOVER);
        // 63.2 % after 8 × 12.5 ms.
        assertThat(slow.truth.rotorSpeedRadiansPerSecond(1)).isCloseTo(0.632 * HOVER * 1100, within(2.0));
    }

    private void rotorStuck() {
        var stuck = inTheAir().fly(0.5, 0.5).with("rotor-stuck, rotor: 3");
        double held = stuck.truth.rotorSpeedRadiansPerSecond(2);
        stuck.fly(0.5, 0.9);
        assertThat(stuck.truth.rotorSpeedRadiansPerSecond(2)).isEqualTo(held);
        assertThat(stuck.truth.rotorSpeedRadiansPerSecond(3)).isGreaterThan(900);
    }

    private void rotorReversed() {
        double sound = inTheAir().fly(0.1, HOVER).truth.specificForceFrdZMetersPerSecondSquared();
        var reversed = inTheAir().with("rotor-reversed, rotor: 1").fly(0.1, HOVER);
        // Three push up, one down with 0.6 of its thrust.
        assertThat(reversed.truth.specificForceFrdZMetersPerSecondSquared() / sound)
                .isCloseTo(2.4 / 4, within(0.1));
    }

    private void rotorOrder() {
        var swapped = inTheAir().with("rotor-order, rotor: 1, other: 2");
        for (int i = 0; i < 300; i++) {
            swapped.world.setRotorCommands(new double[] {0.9, 0.3, 0.6, 0.6});
            swapped.world.step();
        }
        assertThat(swapped.truth.rotorSpeedRadiansPerSecond(0)).isCloseTo(0.3 * 1100, within(3.0));
        assertThat(swapped.truth.rotorSpeedRadiansPerSecond(1)).isCloseTo(0.9 * 1100, within(3.0));
    }

    private void accelerometerBias() {
        assertThat(change("accelerometer-bias, y: 0.5 m/s2", b -> b.readings.accelerationFrdYMetersPerSecondSquared))
                .isCloseTo(0.5, within(1e-9));
    }

    private void accelerometerScale() {
        assertThat(change(
                        "accelerometer-scale, axis: z, factor: 1.1",
                        b -> b.readings.accelerationFrdZMetersPerSecondSquared))
                .isCloseTo(-0.98, within(0.05));
    }

    private void accelerometerNoise() {
        var noisy = onTheGround().with("accelerometer-noise, noise: 2 m/s2");
        assertThat(noisy.sigma(2, 0, () -> noisy.readings.accelerationFrdZMetersPerSecondSquared))
                .isCloseTo(2, within(0.1));
    }

    private void accelerometerStuck() {
        var stuck = onTheGround().fly(0.1, 0).with("accelerometer-stuck, axis: x");
        assertThat(stuck.sigma(0.1, 0, () -> stuck.readings.accelerationFrdXMetersPerSecondSquared))
                .isLessThan(1e-7);
        assertThat(stuck.sigma(0.1, 0, () -> stuck.readings.accelerationFrdYMetersPerSecondSquared))
                .isGreaterThan(0.01);
    }

    private void accelerometerSaturation() {
        var saturated =
                onTheGround().with("accelerometer-saturation, range: 5 m/s2").fly(0.1, 0);
        assertThat(saturated.readings.accelerationFrdZMetersPerSecondSquared).isEqualTo(-5);
    }

    private void gyroBias() {
        assertThat(change("gyro-bias, x: 3 deg/s", b -> b.readings.bodyRateFrdXRadiansPerSecond))
                .isCloseTo(StrictMath.toRadians(3), within(1e-9));
    }

    private void gyroScale() {
        var scaled =
                inTheAir().with("airframe-tip-over, z: 0.1 N m").fly(0.5, 0).with("gyro-scale, factor: 0.5");
        scaled.fly(0.01, 0);
        assertThat(scaled.readings.bodyRateFrdZRadiansPerSecond / scaled.truth.bodyRateFrdZRadiansPerSecond())
                .isCloseTo(0.5, within(0.03));
    }

    private void gyroNoise() {
        var noisy = onTheGround().with("gyro-noise, noise: 0.2 rad/s");
        assertThat(noisy.sigma(2, 0, () -> noisy.readings.bodyRateFrdYRadiansPerSecond))
                .isCloseTo(0.2, within(0.02));
    }

    private void gyroStuck() {
        var stuck = onTheGround().fly(0.1, 0).with("gyro-stuck");
        double last = stuck.readings.bodyRateFrdZRadiansPerSecond;
        assertThat(stuck.fly(0.5, 0).readings.bodyRateFrdZRadiansPerSecond).isEqualTo(last);
    }

    private void gyroSaturation() {
        var saturated = inTheAir().with("airframe-tip-over, z: 0.1 N m").fly(1, 0);
        saturated.with("gyro-saturation, range: 20 deg/s").fly(0.01, 0);
        assertThat(saturated.readings.bodyRateFrdZRadiansPerSecond).isCloseTo(StrictMath.toRadians(20), within(1e-9));
    }

    private void imuVibration() {
        double speed = 0.6 * 1100;
        double amplitude = 3 * StrictMath.pow(speed / (2 * StrictMath.PI * 100), 2);
        var shaken = inTheAir().fly(0.5, 0.6).with("imu-vibration, amplitude: 3 m/s2, second: 0 %, third: 0 %");
        double sound = sigmaOfX(inTheAir().fly(0.5, 0.6));
        double sigma = sigmaOfX(shaken);
        // Four rotors that turn together add up.
        assertThat(Math.sqrt(sigma * sigma - sound * sound)).isCloseTo(4 * amplitude / Math.sqrt(2), within(0.6));
        double harmonics = sigmaOfX(
                inTheAir().fly(0.5, 0.6).with("imu-vibration, amplitude: 3 m/s2, second: 100 %, third: 100 %"));
        assertThat(harmonics / sigma).isCloseTo(Math.sqrt(3), within(0.1));
    }

    private static double sigmaOfX(FaultBench bench) {
        return bench.sigma(0.4, 0.6, () -> bench.readings.accelerationFrdXMetersPerSecondSquared);
    }

    private void imuOrientation() {
        var turned = onTheGround().with("imu-orientation, roll: 180 deg").fly(0.01, 0);
        assertThat(turned.readings.accelerationFrdZMetersPerSecondSquared).isGreaterThan(8);
        var yawed = inTheAir().with("imu-orientation, yaw: 90 deg").fly(0.01, 0);
        yawed.world.setRotorCommands(new double[] {0.7, 0, 0.7, 0});
        for (int i = 0; i < 50; i++) {
            yawed.world.step();
        }
        yawed.fly(0.001, 0);
        // The nose rises; a chip that looks to the right feels it as a roll to the left.
        assertThat(yawed.truth.bodyRateFrdYRadiansPerSecond()).isPositive();
        assertThat(yawed.readings.bodyRateFrdXRadiansPerSecond).isPositive();
    }

    private void magnetometerHardIron() {
        assertThat(change("magnetometer-hard-iron, y: 12 uT", b -> b.readings.magneticFieldFrdYTesla))
                .isCloseTo(12e-6, within(1e-12));
    }

    private void magnetometerSoftIron() {
        double down = onTheGround().fly(0.02, 0).readings.magneticFieldFrdZTesla;
        assertThat(change("magnetometer-soft-iron, xz: 10 %", b -> b.readings.magneticFieldFrdXTesla))
                .isCloseTo(0.1 * down, within(0.2e-6));
    }

    private void magnetometerInterference() {
        var bench = inTheAir().fly(1, HOVER);
        double amperes = bench.truth.batteryCurrentAmperes();
        assertThat(amperes).isGreaterThan(8);
        double sound = inTheAir().fly(1, HOVER).readings.magneticFieldFrdXTesla;
        double disturbed =
                inTheAir().with("magnetometer-interference, x: 0.5 uT/A").fly(1, HOVER).readings.magneticFieldFrdXTesla;
        assertThat(disturbed - sound).isCloseTo(0.5e-6 * amperes, within(0.2e-6));
    }

    private void magnetometerStuck() {
        var stuck = onTheGround().fly(0.1, 0).with("magnetometer-stuck, axis: x");
        double last = stuck.readings.magneticFieldFrdXTesla;
        assertThat(stuck.fly(1, 0).readings.magneticFieldFrdXTesla).isEqualTo(last);
    }

    private void magnetometerLoss() {
        var lost = onTheGround().fly(0.1, 0).with("magnetometer-loss");
        assertThat(lost.observe(1, 0, () -> lost.readings.magnetometerFresh ? 1 : 0)
                        .getSum())
                .isZero();
    }

    private void barometerDrift() {
        double sound = onTheGround().fly(0.1, 0).readings.pressurePascals;
        double after = onTheGround().with("barometer-drift, rate: 5 Pa/s", 10).fly(0.1, 0).readings.pressurePascals;
        assertThat(after - sound).isCloseTo(50, within(1e-6));
    }

    private void barometerOffset() {
        assertThat(change("barometer-offset, pressure: -120 Pa", b -> b.readings.pressurePascals))
                .isCloseTo(-120, within(1e-6));
    }

    private void barometerNoise() {
        var noisy = onTheGround().with("barometer-noise, noise: 20 Pa").fly(1, 0);
        assertThat(noisy.sigma(20, 0, () -> noisy.readings.pressurePascals)).isCloseTo(20, within(2.0));
    }

    private void barometerWind() {
        var sound = onTheGround().with("wind-squall, speed: 10 m/s").fly(0.1, 0);
        var bench = onTheGround().with("barometer-wind, factor: 0.5");
        bench.world.setSquall(new Wind(-10, 0, 0));
        bench.fly(0.1, 0);
        // Half of the dynamic pressure at 488 m.
        assertThat(bench.readings.pressurePascals - sound.readings.pressurePascals)
                .isCloseTo(-0.5 * 0.5 * 1.225 * 0.954 * 100, within(0.3));
    }

    private void barometerStuck() {
        var stuck = onTheGround().fly(0.1, 0).with("barometer-stuck");
        double last = stuck.readings.pressurePascals;
        assertThat(stuck.fly(1, 0).readings.pressurePascals).isEqualTo(last);
    }

    private void barometerLoss() {
        var lost = onTheGround().fly(0.1, 0).with("barometer-loss");
        assertThat(lost.observe(1, 0, () -> lost.readings.barometerFresh ? 1 : 0)
                        .getSum())
                .isZero();
    }

    private void gnssOutage() {
        var lost = onTheGround().fly(1, 0).with("gnss-outage");
        assertThat(fixes(lost, 2)).isZero();
    }

    private static double fixes(FaultBench bench, double seconds) {
        return bench.observe(seconds, 0, () -> bench.readings.gnssFresh ? 1 : 0).getSum();
    }

    private void gnssOffset() {
        assertThat(change("gnss-offset, east: 7 m", b -> PLANE.eastMeters(b.readings.longitudeRadians)))
                .isCloseTo(7, within(1e-3));
        assertThat(change("gnss-offset, up: 4 m", b -> b.readings.altitudeMslMeters))
                .isCloseTo(4, within(1e-6));
    }

    private void gnssDrift() {
        double sound = PLANE.northMeters(onTheGround().fly(1, 0).readings.latitudeRadians);
        var drifted = onTheGround().with("gnss-drift, north: 0.5 m/s", 20).fly(1, 0);
        assertThat(PLANE.northMeters(drifted.readings.latitudeRadians) - sound).isCloseTo(10, within(1e-3));
    }

    private void gnssLatency() {
        var late = onTheGround().with("gnss-latency, latency: 600 ms");
        late.observe(5, 0, () -> 0);
        assertThat(late.truth.flightTimeNanos() - late.readings.gnssTimeNanos)
                .as("age of the newest fix")
                .isBetween(720_000_000L, 920_000_000L);
    }

    private void gnssNoise() {
        var noisy = onTheGround().with("gnss-noise, factor: 20").fly(1, 0);
        assertThat(noisy.sigma(60, 0, () -> PLANE.northMeters(noisy.readings.latitudeRadians)))
                .isCloseTo(20 * 0.1, within(0.4));
        assertThat(noisy.readings.gnssHorizontalSigmaMeters).isGreaterThan(2);
    }

    private void gnssSatellites() {
        var few = onTheGround().with("gnss-satellites, satellites: 5").fly(1, 0);
        assertThat(few.readings.gnssSatellites).isEqualTo(5);
        assertThat(few.readings.gnssHorizontalSigmaMeters).isGreaterThan(0.4);
        assertThat(fixes(onTheGround().fly(1, 0).with("gnss-satellites, satellites: 3"), 2))
                .isZero();
    }

    private void batteryWeakCell() {
        assertThat(hoverVolts(30, "battery-weak-cell, factor: 0.05"))
                .isLessThan(hoverVolts(30, "battery-sag, factor: 1") - 0.3);
    }

    private void batterySag() {
        double sag = restVolts() - hoverVolts(5, "battery-sag, factor: 1");
        double more = restVolts() - hoverVolts(5, "battery-sag, factor: 3");
        assertThat(more / sag).isCloseTo(3, within(0.4));
    }

    private void batteryCold() {
        double sag = restVolts() - hoverVolts(5, "battery-sag, factor: 1");
        double cold = restVolts() - hoverVolts(5, "battery-cold, temperature: 0 degC");
        // e^(0.03 · 25) = 2.1 times the resistance.
        assertThat(cold / sag).isCloseTo(2.1, within(0.25));
    }

    private void batteryContact() {
        var loose = inTheAir().with("battery-contact, resistance: 100 mohm");
        var volts = loose.observe(3, HOVER, loose.truth::batteryVoltageVolts);
        // About 10 A at 0.1 ohm, on and off.
        assertThat(volts.getMax() - volts.getMin()).isGreaterThan(0.9);
    }

    private void batteryCharge() {
        var low = inTheAir().with("battery-charge, charge: 12 %").fly(0.2, HOVER);
        assertThat(low.readings.batteryRemainingRatio).isCloseTo(0.12, within(0.001));
        assertThat(low.truth.batteryVoltageVolts()).isLessThan(14.5);
    }

    private static double restVolts() {
        return 4 * 4.2;
    }

    private static double hoverVolts(double seconds, String fault) {
        return inTheAir().with(fault).fly(seconds, HOVER).truth.batteryVoltageVolts();
    }

    private void linkLoss() {
        assertThat(onTheGround().with("link-loss").link).isEqualTo(new LinkFaults(true, false, 0));
    }

    private void linkSilence() {
        assertThat(onTheGround().with("link-silence").link).isEqualTo(new LinkFaults(false, true, 0));
    }

    private void linkDelay() {
        assertThat(onTheGround().with("link-delay, latency: 1.5 s").link)
                .isEqualTo(new LinkFaults(false, false, 1_500_000_000L));
    }

    private void airframeBalance() {
        var shifted = inTheAir().with("airframe-balance, x: 3 cm").fly(0.2, HOVER);
        // Heavy in front: the nose sinks.
        assertThat(shifted.truth.bodyRateFrdYRadiansPerSecond()).isNegative();
        var standing = onTheGround().with("airframe-balance, z: -2 cm");
        assertThat(standing.fly(2, 0).truth.velocityDownMetersPerSecond()).isCloseTo(0, within(1e-4));
    }

    private void airframePayload() {
        double sound = inTheAir().fly(0.1, HOVER).truth.specificForceFrdZMetersPerSecondSquared();
        double heavy = inTheAir()
                .with("airframe-payload, mass: 500 g")
                .fly(0.1, HOVER)
                .truth
                .specificForceFrdZMetersPerSecondSquared();
        assertThat(heavy / sound).isCloseTo(1.535 / 2.035, within(0.02));
    }

    private void airframeArmDrag() {
        var bench = inTheAir().with("airframe-arm-drag, rotor: 1, area: 0.02 m2");
        bench.world.setSquall(new Wind(-10, 0, 0));
        bench.fly(0.2, HOVER);
        var sound = inTheAir();
        sound.world.setSquall(new Wind(-10, 0, 0));
        sound.fly(0.2, HOVER);
        // A wind from ahead drags at the right arm: it turns to the right.
        assertThat(bench.truth.bodyRateFrdZRadiansPerSecond())
                .isGreaterThan(sound.truth.bodyRateFrdZRadiansPerSecond() + 0.05);
    }

    private void airframeTipOver() {
        var tipped = onTheGround().with("airframe-tip-over, x: 6 N m").fly(2, 0);
        assertThat(tipped.truth.hullTouchesGround()).isTrue();
    }

    private void windSquall() {
        var blown =
                inTheAir().with("wind-squall, speed: 12 m/s, bearing: 90 deg").fly(1, HOVER);
        assertThat(blown.truth.windEastMetersPerSecond()).isCloseTo(-12, within(1e-9));
        assertThat(blown.truth.velocityEastMetersPerSecond()).isLessThan(-0.3);
    }

    @ParameterizedTest
    @EnumSource
    void standsOnItsPage(FaultKind kind) throws IOException {
        assertThat(Files.readString(Path.of("../docs/faults.md"))).contains("`" + kind.word() + "`");
    }

    @Test
    void growsOverItsRamp() {
        var fault = "gyro-bias, x: 2 deg/s, ramp: 4 s";
        double sound = onTheGround().fly(0.01, 0).readings.bodyRateFrdXRadiansPerSecond;
        double half = onTheGround().with(fault, 2).fly(0.01, 0).readings.bodyRateFrdXRadiansPerSecond;
        double full = onTheGround().with(fault, 9).fly(0.01, 0).readings.bodyRateFrdXRadiansPerSecond;
        assertThat(half - sound).isCloseTo(StrictMath.toRadians(1), within(1e-12));
        assertThat(full - sound).isCloseTo(StrictMath.toRadians(2), within(1e-12));
    }

    /** How much a reading differs from that of a sound airframe with the same chance, a second after start. */
    private static double change(String fault, ToDoubleFunction<FaultBench> reading) {
        double sound = reading.applyAsDouble(onTheGround().fly(1, 0));
        return reading.applyAsDouble(onTheGround().with(fault).fly(1, 0)) - sound;
    }
}
