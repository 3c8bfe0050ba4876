package io.kryla.hil.scenario;

import static io.kryla.hil.scenario.FaultParameter.axis;
import static io.kryla.hil.scenario.FaultParameter.component;
import static io.kryla.hil.scenario.FaultParameter.count;
import static io.kryla.hil.scenario.FaultParameter.number;
import static io.kryla.hil.scenario.FaultParameter.quantity;
import static io.kryla.hil.scenario.FaultParameter.rotor;

import io.kryla.hil.scenario.Unit.Dimension;
import java.util.List;
import java.util.Optional;

/** What a plan can break, with the numbers that say how; docs/faults.md says what each does. */
public enum FaultKind {
    ROTOR_THRUST("rotor-thrust", rotor("rotor"), number("factor", 0, 1, 1)),
    ROTOR_LOSS("rotor-loss", rotor("rotor")),
    ROTOR_SLOW("rotor-slow", rotor("rotor"), number("factor", 1, 50, 1)),
    ROTOR_STUCK("rotor-stuck", rotor("rotor")),
    ROTOR_REVERSED("rotor-reversed", rotor("rotor")),
    ROTOR_ORDER("rotor-order", rotor("rotor"), rotor("other")),

    ACCELEROMETER_BIAS("accelerometer-bias", vector(Dimension.ACCELERATION, 50)),
    ACCELEROMETER_SCALE("accelerometer-scale", axis(), number("factor", 0, 10, 1)),
    ACCELEROMETER_NOISE("accelerometer-noise", quantity("noise", Dimension.ACCELERATION, 0, 100, 0)),
    ACCELEROMETER_STUCK("accelerometer-stuck", axis()),
    ACCELEROMETER_SATURATION("accelerometer-saturation", quantity("range", Dimension.ACCELERATION, 0, 160, 160)),
    GYRO_BIAS("gyro-bias", vector(Dimension.ANGULAR_RATE, 10)),
    GYRO_SCALE("gyro-scale", axis(), number("factor", 0, 10, 1)),
    GYRO_NOISE("gyro-noise", quantity("noise", Dimension.ANGULAR_RATE, 0, 10, 0)),
    GYRO_STUCK("gyro-stuck", axis()),
    GYRO_SATURATION("gyro-saturation", quantity("range", Dimension.ANGULAR_RATE, 0, 35, 35)),
    IMU_VIBRATION(
            "imu-vibration",
            quantity("amplitude", Dimension.ACCELERATION, 0, 100, 0),
            optional("second", Dimension.RATIO, 10),
            optional("third", Dimension.RATIO, 10)),
    IMU_ORIENTATION(
            "imu-orientation",
            component("yaw", Dimension.ANGLE, StrictMath.PI),
            component("roll", Dimension.ANGLE, StrictMath.PI)),

    MAGNETOMETER_HARD_IRON("magnetometer-hard-iron", vector(Dimension.MAGNETIC_FIELD, 1e-3)),
    MAGNETOMETER_SOFT_IRON(
            "magnetometer-soft-iron",
            component("xy", Dimension.RATIO, 1),
            component("xz", Dimension.RATIO, 1),
            component("yz", Dimension.RATIO, 1)),
    MAGNETOMETER_INTERFERENCE("magnetometer-interference", vector(Dimension.FIELD_BY_CURRENT, 1e-4)),
    MAGNETOMETER_STUCK("magnetometer-stuck", axis()),
    MAGNETOMETER_LOSS("magnetometer-loss"),

    BAROMETER_DRIFT("barometer-drift", component("rate", Dimension.PRESSURE_RATE, 1_000)),
    BAROMETER_OFFSET("barometer-offset", component("pressure", Dimension.PRESSURE, 50_000)),
    BAROMETER_NOISE("barometer-noise", quantity("noise", Dimension.PRESSURE, 0, 10_000, 0)),
    BAROMETER_WIND("barometer-wind", number("factor", -2, 2, 0)),
    BAROMETER_STUCK("barometer-stuck"),
    BAROMETER_LOSS("barometer-loss"),

    GNSS_OUTAGE("gnss-outage"),
    GNSS_OFFSET("gnss-offset", place(Dimension.LENGTH, 1e6)),
    GNSS_DRIFT("gnss-drift", place(Dimension.SPEED, 100)),
    GNSS_LATENCY("gnss-latency", quantity("latency", Dimension.TIME, 0, 4, 0)),
    GNSS_NOISE("gnss-noise", number("factor", 1, 1000, 1)),
    GNSS_SATELLITES("gnss-satellites", count("satellites", 0, 100, 100)),

    BATTERY_WEAK_CELL("battery-weak-cell", number("factor", 0.01, 1, 1)),
    BATTERY_SAG("battery-sag", number("factor", 1, 20, 1)),
    BATTERY_COLD("battery-cold", quantity("temperature", Dimension.TEMPERATURE, -40, 25, 25)),
    BATTERY_CONTACT("battery-contact", quantity("resistance", Dimension.RESISTANCE, 0, 10, 0)),
    BATTERY_CHARGE("battery-charge", quantity("charge", Dimension.RATIO, 0, 1, 1)),

    LINK_LOSS("link-loss"),
    LINK_SILENCE("link-silence"),
    LINK_DELAY("link-delay", quantity("latency", Dimension.TIME, 0, 60, 0)),

    AIRFRAME_BALANCE("airframe-balance", vector(Dimension.LENGTH, 0.5)),
    AIRFRAME_PAYLOAD("airframe-payload", quantity("mass", Dimension.MASS, 0, 100, 0)),
    AIRFRAME_ARM_DRAG("airframe-arm-drag", rotor("rotor"), quantity("area", Dimension.AREA, 0, 1, 0)),
    AIRFRAME_TIP_OVER("airframe-tip-over", vector(Dimension.TORQUE, 100)),
    WIND_SQUALL(
            "wind-squall",
            quantity("speed", Dimension.SPEED, 0, 40, 0),
            new FaultParameter(
                    "bearing",
                    FaultParameter.Form.QUANTITY,
                    Dimension.ANGLE,
                    -2 * StrictMath.PI,
                    2 * StrictMath.PI,
                    false,
                    0));

    private final String word;
    private final List<FaultParameter> parameters;

    FaultKind(String word, FaultParameter... parameters) {
        this.word = word;
        this.parameters = List.of(parameters);
    }

    private static FaultParameter[] vector(Dimension dimension, double most) {
        return new FaultParameter[] {
            component("x", dimension, most), component("y", dimension, most), component("z", dimension, most)
        };
    }

    private static FaultParameter[] place(Dimension dimension, double most) {
        return new FaultParameter[] {
            component("north", dimension, most), component("east", dimension, most), component("up", dimension, most)
        };
    }

    private static FaultParameter optional(String key, Dimension dimension, double most) {
        return new FaultParameter(key, FaultParameter.Form.QUANTITY, dimension, 0, most, false, 0);
    }

    /** As a plan writes it. */
    public String word() {
        return word;
    }

    public List<FaultParameter> parameters() {
        return parameters;
    }

    /** Whether it can grow: whether one of its numbers says how much. */
    public boolean gradual() {
        return parameters.stream().anyMatch(parameter -> switch (parameter.form()) {
            case QUANTITY, NUMBER -> true;
            case COUNT, ROTOR, AXIS -> false;
        });
    }

    /** Whether it goes on getting worse while it lasts. */
    public boolean drifts() {
        return this == BAROMETER_DRIFT || this == GNSS_DRIFT;
    }

    static Optional<FaultKind> ofWord(String word) {
        for (var kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
