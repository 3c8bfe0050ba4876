package io.kryla.hil.physics;

/** Troposphere of the International Standard Atmosphere (ISO 2533:1975), geopotential altitude up to 11 km. */
public final class StandardAtmosphere {
    public static final double GRAVITY_METERS_PER_SECOND_SQUARED = 9.80665;
    public static final double SEA_LEVEL_PRESSURE_PASCALS = 101_325;
    public static final double SEA_LEVEL_DENSITY_KILOGRAMS_PER_CUBIC_METER = 1.225;
    public static final double SEA_LEVEL_TEMPERATURE_KELVIN = 288.15;
    private static final double LAPSE_KELVIN_PER_METER = 0.0065;
    private static final double GAS_CONSTANT = 287.05287;
    private static final double PRESSURE_EXPONENT =
            GRAVITY_METERS_PER_SECOND_SQUARED / (GAS_CONSTANT * LAPSE_KELVIN_PER_METER);

    private StandardAtmosphere() {}

    public static double temperatureKelvin(double altitudeMslMeters) {
        return SEA_LEVEL_TEMPERATURE_KELVIN - LAPSE_KELVIN_PER_METER * altitudeMslMeters;
    }

    public static double pressurePascals(double altitudeMslMeters) {
        return SEA_LEVEL_PRESSURE_PASCALS * power(temperatureRatio(altitudeMslMeters), PRESSURE_EXPONENT);
    }

    /** Density over sea-level density. */
    public static double densityRatio(double altitudeMslMeters) {
        return power(temperatureRatio(altitudeMslMeters), PRESSURE_EXPONENT - 1);
    }

    /** StrictMath.pow allocates three arrays a call in JDK 17; this does not, and is good to a few units in the last place. */
    private static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }

    private static double temperatureRatio(double altitudeMslMeters) {
        return 1 - LAPSE_KELVIN_PER_METER / SEA_LEVEL_TEMPERATURE_KELVIN * altitudeMslMeters;
    }
}
