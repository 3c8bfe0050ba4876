package io.kryla.hil.autopilot;

import io.kryla.hil.control.Setpoint;

/**
 * A straight line flown from one place to another: speed up, cruise, slow down to a stop. Reused; NED about home.
 *
 * <p>It moves with time whether or not the vehicle follows: what lags is the control error, not the path.
 */
final class StraightPath {
    private static final double ARRIVED_METERS = 1e-3;

    private final double[] from = new double[3];
    private final double[] direction = new double[3];
    private double length;
    private double travelled;
    private double speed;
    private double rate;
    private double cruiseSpeed;
    private double acceleration;

    /** Stands still at a place. */
    void stay(double north, double east, double down) {
        begin(north, east, down, north, east, down, 0, 1, 1);
    }

    void begin(
            double fromNorth,
            double fromEast,
            double fromDown,
            double toNorth,
            double toEast,
            double toDown,
            double initialSpeed,
            double cruiseSpeed,
            double acceleration) {
        from[0] = fromNorth;
        from[1] = fromEast;
        from[2] = fromDown;
        direction[0] = toNorth - fromNorth;
        direction[1] = toEast - fromEast;
        direction[2] = toDown - fromDown;
        length = Math.sqrt(direction[0] * direction[0] + direction[1] * direction[1] + direction[2] * direction[2]);
        for (int i = 0; i < 3; i++) {
            direction[i] = length > 0 ? direction[i] / length : 0;
        }
        travelled = 0;
        speed = initialSpeed;
        rate = 0;
        this.cruiseSpeed = cruiseSpeed;
        this.acceleration = acceleration;
    }

    /** From where it is and as fast as it flies now, to the nearest place where it can stand. */
    void brake(double[] position, double[] velocity, double deceleration) {
        double speedNow = Math.sqrt(velocity[0] * velocity[0] + velocity[1] * velocity[1] + velocity[2] * velocity[2]);
        double seconds = speedNow / (2 * deceleration);
        begin(
                position[0],
                position[1],
                position[2],
                position[0] + velocity[0] * seconds,
                position[1] + velocity[1] * seconds,
                position[2] + velocity[2] * seconds,
                speedNow,
                Math.max(speedNow, 0.1),
                deceleration);
    }

    void advance(double dt) {
        double left = length - travelled;
        if (left <= ARRIVED_METERS) {
            travelled = length;
            speed = 0;
            rate = 0;
            return;
        }
        double stopping = Math.sqrt(2 * acceleration * left);
        double next = Math.min(Math.min(speed + acceleration * dt, cruiseSpeed), stopping);
        rate = (next - speed) / dt;
        // A path may begin faster than it can stop: then its end is passed over, not its deceleration.
        rate = Math.max(-2 * acceleration, rate);
        travelled = Math.min(length, travelled + 0.5 * (speed + next) * dt);
        speed = next;
    }

    boolean finished() {
        return travelled >= length;
    }

    void writeTo(Setpoint out) {
        out.heightHeld = true;
        out.positionNorthMeters = from[0] + direction[0] * travelled;
        out.positionEastMeters = from[1] + direction[1] * travelled;
        out.positionDownMeters = from[2] + direction[2] * travelled;
        out.velocityNorthMetersPerSecond = direction[0] * speed;
        out.velocityEastMetersPerSecond = direction[1] * speed;
        out.velocityDownMetersPerSecond = direction[2] * speed;
        out.accelerationNorthMetersPerSecondSquared = direction[0] * rate;
        out.accelerationEastMetersPerSecondSquared = direction[1] * rate;
        out.accelerationDownMetersPerSecondSquared = direction[2] * rate;
    }
}
