package io.kryla.hil.scenario;

import java.util.Optional;

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

    static Optional<Unit> ofSymbol(String symbol) {
        for (var unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
