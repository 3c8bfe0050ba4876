package io.kryla.hil.control;

import io.kryla.hil.geometry.Attitude;

/**
 * Position and velocity to a wished acceleration: proportional on position, proportional and integral on velocity, with
 * feed-forward. Runs at 100 Hz.
 *
 * <p>Gains are for an attitude loop that answers within about 0.2 s; they depend on no vehicle parameter.
 */
final class PositionLoop {
    private static final double HORIZONTAL_POSITION_GAIN = 1.1;
    private static final double HORIZONTAL_VELOCITY_GAIN = 2.4;
    private static final double HORIZONTAL_INTEGRAL_GAIN = 0.9;
    private static final double VERTICAL_POSITION_GAIN = 1.5;
    private static final double VERTICAL_VELOCITY_GAIN = 4.0;
    private static final double VERTICAL_INTEGRAL_GAIN = 2.0;
    /** How fast a position error may be closed. */
    private static final double HORIZONTAL_CLOSING_LIMIT = 3.0;

    /** m/s²: an estimate that jumps by metres, as when GNSS returns, must not throw the airframe on its side. */
    private static final double HORIZONTAL_CLOSING_CHANGE = 2.5;

    private static final double VERTICAL_CLOSING_LIMIT = 1.5;
    /** Bounds what the integrals may ask for, m/s²: a 12 m/s wind needs about 5. */
    private static final double HORIZONTAL_INTEGRAL_LIMIT = 6.0;

    private static final double VERTICAL_INTEGRAL_LIMIT = 5.0;
    private static final double HORIZONTAL_ACCELERATION_LIMIT = 7.5;
    private static final double UP_ACCELERATION_LIMIT = 4.0;
    private static final double DOWN_ACCELERATION_LIMIT = 4.0;

    private double closingNorth;
    private double closingEast;
    private double integralNorth;
    private double integralEast;
    private double integralDown;
    double accelerationNorth;
    double accelerationEast;
    double accelerationDown;

    void reset() {
        closingNorth = 0;
        closingEast = 0;
        integralNorth = 0;
        integralEast = 0;
        integralDown = 0;
    }

    /** @param integrate false while the airframe cannot follow (on the ground, or out of thrust) */
    void update(Motion now, Setpoint wish, double dt, boolean integrate) {
        updateClosing(now, wish, dt);
        double closingDown = wish.heightHeld
                ? clamped(VERTICAL_POSITION_GAIN * (wish.positionDownMeters - now.positionDown), VERTICAL_CLOSING_LIMIT)
                : 0;
        double slipNorth = wish.velocityNorthMetersPerSecond + closingNorth - now.velocityNorth;
        double slipEast = wish.velocityEastMetersPerSecond + closingEast - now.velocityEast;
        double slipDown = wish.velocityDownMetersPerSecond + closingDown - now.velocityDown;

        double north =
                HORIZONTAL_VELOCITY_GAIN * slipNorth + integralNorth + wish.accelerationNorthMetersPerSecondSquared;
        double east = HORIZONTAL_VELOCITY_GAIN * slipEast + integralEast + wish.accelerationEastMetersPerSecondSquared;
        double down = VERTICAL_VELOCITY_GAIN * slipDown + integralDown + wish.accelerationDownMetersPerSecondSquared;
        double horizontal = Math.sqrt(north * north + east * east);
        boolean horizontalFree = horizontal <= HORIZONTAL_ACCELERATION_LIMIT;
        if (!horizontalFree) {
            north *= HORIZONTAL_ACCELERATION_LIMIT / horizontal;
            east *= HORIZONTAL_ACCELERATION_LIMIT / horizontal;
        }
        accelerationNorth = north;
        accelerationEast = east;
        accelerationDown = Math.max(-UP_ACCELERATION_LIMIT, Math.min(DOWN_ACCELERATION_LIMIT, down));
        if (integrate && horizontalFree) {
            integralNorth =
                    clamped(integralNorth + HORIZONTAL_INTEGRAL_GAIN * slipNorth * dt, HORIZONTAL_INTEGRAL_LIMIT);
            integralEast = clamped(integralEast + HORIZONTAL_INTEGRAL_GAIN * slipEast * dt, HORIZONTAL_INTEGRAL_LIMIT);
        }
        if (integrate && accelerationDown == down) {
            integralDown = clamped(integralDown + VERTICAL_INTEGRAL_GAIN * slipDown * dt, VERTICAL_INTEGRAL_LIMIT);
        }
    }

    /** The speed at which the position error is closed: bounded, and in how fast it changes. */
    private void updateClosing(Motion now, Setpoint wish, double dt) {
        double north = HORIZONTAL_POSITION_GAIN * (wish.positionNorthMeters - now.positionNorth);
        double east = HORIZONTAL_POSITION_GAIN * (wish.positionEastMeters - now.positionEast);
        double speed = Math.sqrt(north * north + east * east);
        if (speed > HORIZONTAL_CLOSING_LIMIT) {
            north *= HORIZONTAL_CLOSING_LIMIT / speed;
            east *= HORIZONTAL_CLOSING_LIMIT / speed;
        }
        double changeNorth = north - closingNorth;
        double changeEast = east - closingEast;
        double change = Math.sqrt(changeNorth * changeNorth + changeEast * changeEast);
        double allowed = HORIZONTAL_CLOSING_CHANGE * dt;
        double part = change > allowed ? allowed / change : 1;
        closingNorth += part * changeNorth;
        closingEast += part * changeEast;
    }

    private static double clamped(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** The estimate as the loops see it; refreshed each tick. */
    static final class Motion {
        double positionNorth;
        double positionEast;
        double positionDown;
        double velocityNorth;
        double velocityEast;
        double velocityDown;
        double rateX;
        double rateY;
        double rateZ;
        final Attitude attitude = new Attitude();
    }
}
