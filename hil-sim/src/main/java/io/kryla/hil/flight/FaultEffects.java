package io.kryla.hil.flight;

import io.kryla.hil.physics.BatteryDamage;
import io.kryla.hil.physics.Damage;
import io.kryla.hil.physics.RotorDamage;
import io.kryla.hil.physics.RotorDamage.Drive;
import io.kryla.hil.physics.Wind;
import io.kryla.hil.scenario.Fault;
import io.kryla.hil.scenario.FaultKind;
import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.BarometerFaults;
import io.kryla.hil.sensors.GnssFaults;
import io.kryla.hil.sensors.ImuFaults;
import io.kryla.hil.sensors.MagnetometerFaults;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;

/**
 * What faults of a plan do to airframe, sensors and link, all together: offsets add up, factors multiply, the worse of two
 * losses counts.
 */
final class FaultEffects {
    /** A propeller driven backwards gives about so much of its thrust, downwards; estimated. */
    private static final double REVERSED_THRUST = -0.6;

    private static final int ALL_AXES = 3;

    private Damage damage = Damage.none();
    private SensorFaults sensors = SensorFaults.none();
    private LinkFaults link = LinkFaults.NONE;
    private double squallNorth;
    private double squallEast;

    Damage damage() {
        return damage;
    }

    SensorFaults sensors() {
        return sensors;
    }

    LinkFaults link() {
        return link;
    }

    Wind squall() {
        return new Wind(squallNorth, squallEast, 0);
    }

    /** @param sinceNanos how long ago it began */
    void add(Fault fault, long sinceNanos) {
        double growth = fault.growth(sinceNanos);
        double driftSeconds = sinceNanos * 1e-9;
        switch (fault.kind()) {
            case ROTOR_THRUST, ROTOR_LOSS, ROTOR_SLOW, ROTOR_STUCK, ROTOR_REVERSED, AIRFRAME_ARM_DRAG ->
                rotor(fault, growth);
            case ROTOR_ORDER -> damage = damage.withSwappedRotors(fault.count("rotor"), fault.count("other"));
            case ACCELEROMETER_BIAS -> vector(SensorAxis.ACCELEROMETER_X, fault, growth);
            case GYRO_BIAS -> vector(SensorAxis.GYRO_X, fault, growth);
            case MAGNETOMETER_HARD_IRON -> vector(SensorAxis.MAGNETOMETER_X, fault, growth);
            case ACCELEROMETER_SCALE, GYRO_SCALE ->
                axes(first(fault), fault, new AxisDefect.Scaled(fault.value("factor", growth)));
            case ACCELEROMETER_NOISE, GYRO_NOISE ->
                allAxes(first(fault), new AxisDefect.Noisy(fault.value("noise", growth)));
            case ACCELEROMETER_SATURATION, GYRO_SATURATION ->
                allAxes(first(fault), new AxisDefect.Limited(fault.value("range", growth)));
            case ACCELEROMETER_STUCK, GYRO_STUCK, MAGNETOMETER_STUCK ->
                axes(first(fault), fault, new AxisDefect.Stuck());
            case IMU_VIBRATION, IMU_ORIENTATION -> imu(fault, growth);
            case MAGNETOMETER_SOFT_IRON, MAGNETOMETER_INTERFERENCE, MAGNETOMETER_LOSS -> magnetometer(fault, growth);
            case BAROMETER_DRIFT -> barometer(new AxisDefect.Offset(fault.value("rate", growth) * driftSeconds));
            case BAROMETER_OFFSET -> barometer(new AxisDefect.Offset(fault.value("pressure", growth)));
            case BAROMETER_NOISE -> barometer(new AxisDefect.Noisy(fault.value("noise", growth)));
            case BAROMETER_STUCK -> barometer(new AxisDefect.Stuck());
            case BAROMETER_WIND ->
                sensors = sensors.with(new BarometerFaults(
                        sensors.barometer().lost(),
                        sensors.barometer().windPressureRatio() + fault.value("factor", growth)));
            case BAROMETER_LOSS ->
                sensors = sensors.with(
                        new BarometerFaults(true, sensors.barometer().windPressureRatio()));
            case GNSS_OUTAGE -> sensors = sensors.withGnssOutage();
            case GNSS_OFFSET -> offset(fault, growth);
            case GNSS_DRIFT -> offset(fault, growth * driftSeconds);
            case GNSS_LATENCY, GNSS_NOISE, GNSS_SATELLITES -> gnss(fault, growth);
            case BATTERY_WEAK_CELL, BATTERY_SAG, BATTERY_COLD, BATTERY_CONTACT, BATTERY_CHARGE ->
                battery(fault, growth);
            case LINK_LOSS -> link = new LinkFaults(true, link.silent(), link.latencyNanos());
            case LINK_SILENCE -> link = new LinkFaults(link.lost(), true, link.latencyNanos());
            case LINK_DELAY ->
                link = new LinkFaults(
                        link.lost(),
                        link.silent(),
                        link.latencyNanos() + (long) (fault.value("latency", growth) * 1e9));
            case AIRFRAME_BALANCE ->
                damage = damage.withCenterOfMassShift(
                        fault.value("x", growth), fault.value("y", growth), fault.value("z", growth));
            case AIRFRAME_PAYLOAD -> damage = damage.withAddedMass(fault.value("mass", growth));
            case AIRFRAME_TIP_OVER ->
                damage = damage.withPush(fault.value("x", growth), fault.value("y", growth), fault.value("z", growth));
            case WIND_SQUALL -> {
                double speed = fault.value("speed", growth);
                // A plan says whence it blows, physics whither.
                squallNorth -= speed * StrictMath.cos(fault.value("bearing"));
                squallEast -= speed * StrictMath.sin(fault.value("bearing"));
            }
        }
    }

    private void rotor(Fault fault, double growth) {
        int i = fault.count("rotor");
        var now = damage.rotor(i);
        double thrust = now.thrustFactor();
        double lag = now.lagFactor();
        var drive = now.drive();
        double area = now.armDragAreaSquareMeters();
        switch (fault.kind()) {
            case ROTOR_THRUST -> thrust *= fault.value("factor", growth);
            case ROTOR_REVERSED -> thrust *= REVERSED_THRUST;
            case ROTOR_SLOW -> lag *= fault.value("factor", growth);
            case ROTOR_LOSS -> drive = Drive.STOPPED;
            case ROTOR_STUCK -> drive = drive == Drive.STOPPED ? drive : Drive.HELD;
            default -> area += fault.value("area", growth);
        }
        damage = damage.withRotor(i, new RotorDamage(thrust, lag, drive, area));
    }

    private void battery(Fault fault, double growth) {
        var now = damage.battery();
        damage = damage.withBattery(new BatteryDamage(
                now.resistanceFactor() * of(FaultKind.BATTERY_SAG, fault, "factor", growth, 1),
                now.weakCellCapacityRatio() * of(FaultKind.BATTERY_WEAK_CELL, fault, "factor", growth, 1),
                Math.min(now.temperatureCelsius(), of(FaultKind.BATTERY_COLD, fault, "temperature", growth, 25)),
                now.contactOhms() + of(FaultKind.BATTERY_CONTACT, fault, "resistance", growth, 0),
                Math.min(now.mostChargeRatio(), of(FaultKind.BATTERY_CHARGE, fault, "charge", growth, 1))));
    }

    private void imu(Fault fault, double growth) {
        var now = sensors.imu();
        sensors = sensors.with(new ImuFaults(
                now.vibrationMetersPerSecondSquared() + of(FaultKind.IMU_VIBRATION, fault, "amplitude", growth, 0),
                Math.max(now.secondHarmonicRatio(), of(FaultKind.IMU_VIBRATION, fault, "second", 1, 0)),
                Math.max(now.thirdHarmonicRatio(), of(FaultKind.IMU_VIBRATION, fault, "third", 1, 0)),
                now.mountingYawRadians() + of(FaultKind.IMU_ORIENTATION, fault, "yaw", growth, 0),
                now.mountingRollRadians() + of(FaultKind.IMU_ORIENTATION, fault, "roll", growth, 0)));
    }

    private void magnetometer(Fault fault, double growth) {
        var now = sensors.magnetometer();
        sensors = sensors.with(new MagnetometerFaults(
                now.lost() || fault.kind() == FaultKind.MAGNETOMETER_LOSS,
                now.softIronXyRatio() + of(FaultKind.MAGNETOMETER_SOFT_IRON, fault, "xy", growth, 0),
                now.softIronXzRatio() + of(FaultKind.MAGNETOMETER_SOFT_IRON, fault, "xz", growth, 0),
                now.softIronYzRatio() + of(FaultKind.MAGNETOMETER_SOFT_IRON, fault, "yz", growth, 0),
                now.xTeslaPerAmpere() + of(FaultKind.MAGNETOMETER_INTERFERENCE, fault, "x", growth, 0),
                now.yTeslaPerAmpere() + of(FaultKind.MAGNETOMETER_INTERFERENCE, fault, "y", growth, 0),
                now.zTeslaPerAmpere() + of(FaultKind.MAGNETOMETER_INTERFERENCE, fault, "z", growth, 0)));
    }

    private void gnss(Fault fault, double growth) {
        var now = sensors.gnss();
        sensors = sensors.with(new GnssFaults(
                now.outage(),
                now.offsetNorthMeters(),
                now.offsetEastMeters(),
                now.offsetDownMeters(),
                now.latencySeconds() + of(FaultKind.GNSS_LATENCY, fault, "latency", growth, 0),
                now.noiseFactor() * of(FaultKind.GNSS_NOISE, fault, "factor", growth, 1),
                Math.min(now.mostSatellites(), (int) of(FaultKind.GNSS_SATELLITES, fault, "satellites", 1, 100))));
    }

    private void offset(Fault fault, double share) {
        sensors = sensors.withGnssOffset(
                share * fault.value("north"), share * fault.value("east"), -share * fault.value("up"));
    }

    private void barometer(AxisDefect defect) {
        sensors = sensors.with(SensorAxis.BAROMETER, defect);
    }

    /** The value if the fault is of that kind, else what does no harm. */
    private static double of(FaultKind kind, Fault fault, String key, double growth, double harmless) {
        return fault.kind() == kind ? fault.value(key, growth) : harmless;
    }

    /** The x axis of the sensor that a fault is about. */
    private static SensorAxis first(Fault fault) {
        return switch (fault.kind()) {
            case ACCELEROMETER_SCALE, ACCELEROMETER_NOISE, ACCELEROMETER_SATURATION, ACCELEROMETER_STUCK ->
                SensorAxis.ACCELEROMETER_X;
            case MAGNETOMETER_STUCK -> SensorAxis.MAGNETOMETER_X;
            default -> SensorAxis.GYRO_X;
        };
    }

    private void vector(SensorAxis x, Fault fault, double growth) {
        plant(x, 0, new AxisDefect.Offset(fault.value("x", growth)));
        plant(x, 1, new AxisDefect.Offset(fault.value("y", growth)));
        plant(x, 2, new AxisDefect.Offset(fault.value("z", growth)));
    }

    private void axes(SensorAxis x, Fault fault, AxisDefect defect) {
        int chosen = fault.count("axis");
        for (int i = 0; i < ALL_AXES; i++) {
            if (chosen == ALL_AXES || chosen == i) {
                plant(x, i, defect);
            }
        }
    }

    private void allAxes(SensorAxis x, AxisDefect defect) {
        for (int i = 0; i < ALL_AXES; i++) {
            plant(x, i, defect);
        }
    }

    private void plant(SensorAxis x, int axis, AxisDefect defect) {
        sensors = sensors.with(SensorAxis.values()[x.ordinal() + axis], defect);
    }
}
