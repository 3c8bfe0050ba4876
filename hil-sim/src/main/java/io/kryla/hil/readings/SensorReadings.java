package io.kryla.hil.readings;

/**
 * The newest reading of every sensor: one mutable buffer that the sensors overwrite and a flight controller reads each
 * tick; it is never kept by either.
 *
 * <p>A {@code …Fresh} flag is true on the one tick on which its values arrived. Body values are FRD, SI. Times are on the
 * flight clock and say when a value was true, not when it arrived: the two differ for GNSS.
 */
public final class SensorReadings {
    public boolean imuFresh;
    public long imuTimeNanos;
    /** Specific force at the IMU: (0, 0, −g) at rest and level. */
    public double accelerationFrdXMetersPerSecondSquared;

    public double accelerationFrdYMetersPerSecondSquared;
    public double accelerationFrdZMetersPerSecondSquared;
    public double bodyRateFrdXRadiansPerSecond;
    public double bodyRateFrdYRadiansPerSecond;
    public double bodyRateFrdZRadiansPerSecond;

    public boolean magnetometerFresh;
    public long magnetometerTimeNanos;
    public double magneticFieldFrdXTesla;
    public double magneticFieldFrdYTesla;
    public double magneticFieldFrdZTesla;

    public boolean barometerFresh;
    public long barometerTimeNanos;
    public double pressurePascals;

    public boolean gnssFresh;
    public long gnssTimeNanos;
    public double latitudeRadians;
    public double longitudeRadians;
    public double altitudeMslMeters;
    public double velocityNorthMetersPerSecond;
    public double velocityEastMetersPerSecond;
    public double velocityDownMetersPerSecond;
    /** The receiver's own estimate of one standard deviation. */
    public double gnssHorizontalSigmaMeters;

    public double gnssVerticalSigmaMeters;
    public double gnssVelocitySigmaMetersPerSecond;
    public int gnssSatellites;

    public boolean batteryFresh;
    public long batteryTimeNanos;
    public double batteryVoltageVolts;
    public double batteryCurrentAmperes;
    /** Charge left over capacity, 0 to 1, as the battery monitor counts it. */
    public double batteryRemainingRatio;
}
