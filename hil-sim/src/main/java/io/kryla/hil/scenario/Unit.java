package io.kryla.hil.scenario;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** A unit that plans and verdicts write, with its dimension and its factor to SI. Percent is a ratio of 0.01. */
public enum Unit {
    METER("m", Dimension.LENGTH, 1.0),
    CENTIMETER("cm", Dimension.LENGTH, 0.01),
    SECOND("s", Dimension.TIME, 1.0),
    MILLISECOND("ms", Dimension.TIME, 0.001),
    METER_PER_SECOND("m/s", Dimension.SPEED, 1.0),
    KILOMETER_PER_HOUR("km/h", Dimension.SPEED, 1 / 3.6),
    RADIAN("rad", Dimension.ANGLE, 1.0),
    DEGREE("deg", Dimension.ANGLE, 0.017453292519943295),
    METER_PER_SECOND_SQUARED("m/s2", Dimension.ACCELERATION, 1.0),
    RADIAN_PER_SECOND("rad/s", Dimension.ANGULAR_RATE, 1.0),
    DEGREE_PER_SECOND("deg/s", Dimension.ANGULAR_RATE, 0.017453292519943295),
    PASCAL("Pa", Dimension.PRESSURE, 1.0),
    PASCAL_PER_SECOND("Pa/s", Dimension.PRESSURE_RATE, 1.0),
    CELSIUS("degC", Dimension.TEMPERATURE, 1.0),
    OHM("ohm", Dimension.RESISTANCE, 1.0),
    MILLIOHM("mohm", Dimension.RESISTANCE, 0.001),
    KILOGRAM("kg", Dimension.MASS, 1.0),
    GRAM("g", Dimension.MASS, 0.001),
    SQUARE_METER("m2", Dimension.AREA, 1.0),
    NEWTON_METER("N m", Dimension.TORQUE, 1.0),
    MICROTESLA_PER_AMPERE("uT/A", Dimension.FIELD_BY_CURRENT, 1e-6),
    VOLT("V", Dimension.VOLTAGE, 1.0),
    GAUSS("G", Dimension.MAGNETIC_FIELD, 1e-4),
    MICROTESLA("uT", Dimension.MAGNETIC_FIELD, 1e-6),
    PERCENT("%", Dimension.RATIO, 0.01),
    ONE("1", Dimension.RATIO, 1.0);

    /** What a unit measures. */
    public enum Dimension {
        LENGTH,
        TIME,
        SPEED,
        ANGLE,
        ACCELERATION,
        ANGULAR_RATE,
        PRESSURE,
        PRESSURE_RATE,
        /** In degrees Celsius. */
        TEMPERATURE,
        RESISTANCE,
        MASS,
        AREA,
        TORQUE,
        FIELD_BY_CURRENT,
        VOLTAGE,
        MAGNETIC_FIELD,
        RATIO
    }

    private final String symbol;
    private final Dimension dimension;
    private final double toSi;

    Unit(String symbol, Dimension dimension, double toSi) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.toSi = toSi;
    }

    public String symbol() {
        return symbol;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** The value in SI of {@code value} in this unit. */
    public double toSi(double value) {
        return value * toSi;
    }

    /** The value in this unit of {@code si} in SI. */
    public double fromSi(double si) {
        return si / toSi;
    }

    /** The unit in which a dimension's SI values can be shown: the first of it. */
    static Unit si(Dimension dimension) {
        return Arrays.stream(values())
                .filter(unit -> unit.dimension == dimension)
                .max(Comparator.comparing(unit -> unit.toSi == 1.0))
                .orElseThrow();
    }

    /** All units of a dimension, for an error message. */
    static String symbols(Dimension dimension) {
        return Arrays.stream(values())
                .filter(unit -> unit.dimension == dimension)
                .map(Unit::symbol)
                .collect(Collectors.joining(" or "));
    }

    static Optional<Unit> ofSymbol(String symbol) {
        for (var unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
