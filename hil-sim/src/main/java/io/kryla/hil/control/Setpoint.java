package io.kryla.hil.control;

/**
 * Where the vehicle should be now, NED about home, with the velocity and acceleration the path has there. Reused and
 * mutable: written by the flight modes, read by the loops.
 */
public final class Setpoint {
    public double positionNorthMeters;
    public double positionEastMeters;
    public double positionDownMeters;
    public double velocityNorthMetersPerSecond;
    public double velocityEastMetersPerSecond;
    public double velocityDownMetersPerSecond;
    public double accelerationNorthMetersPerSecondSquared;
    public double accelerationEastMetersPerSecondSquared;
    public double accelerationDownMetersPerSecondSquared;
    /** False while only the vertical velocity counts: coming down to a ground whose height is not known. */
    public boolean heightHeld = true;

    /** Stands still at a place. */
    public void holdAt(double northMeters, double eastMeters, double downMeters) {
        positionNorthMeters = northMeters;
        positionEastMeters = eastMeters;
        positionDownMeters = downMeters;
        stop();
    }

    /** No feed-forward. */
    public void stop() {
        velocityNorthMetersPerSecond = 0;
        velocityEastMetersPerSecond = 0;
        velocityDownMetersPerSecond = 0;
        accelerationNorthMetersPerSecondSquared = 0;
        accelerationEastMetersPerSecondSquared = 0;
        accelerationDownMetersPerSecondSquared = 0;
        heightHeld = true;
    }
}
