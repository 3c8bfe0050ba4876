package io.kryla.hil.estimation;

/**
 * Altitude in the standard atmosphere (ISO 2533:1975, troposphere) at which a pressure is found.
 * By exp and log, since StrictMath.pow allocates.
 */
final class PressureAltitude {
    private static final double SEA_LEVEL_PASCALS = 101_325;
    private static final double SEA_LEVEL_KELVIN = 288.15;
    private static final double LAPSE_KELVIN_PER_METER = 0.0065;
    private static final double EXPONENT = 287.05287 * LAPSE_KELVIN_PER_METER / 9.80665;

    private PressureAltitude() {}

    /** @return NaN for a pressure that is not positive: no gate lets it pass */
    static double meters(double pascals) {
        return SEA_LEVEL_KELVIN
                / LAPSE_KELVIN_PER_METER
                * (1 - StrictMath.exp(EXPONENT * StrictMath.log(pascals / SEA_LEVEL_PASCALS)));
    }
}
