package io.kryla.hil.control;

import io.kryla.hil.geometry.Attitude;

/**
 * From a wished direction of thrust and heading to wished body rates: proportional on the quaternion error, heading slower
 * than tilt because tilt carries the position.
 */
final class AttitudeLoop {
    private static final double TILT_GAIN = 6.5;
    private static final double HEADING_GAIN = 2.0;
    private static final double TILT_RATE_LIMIT = 3.5;
    private static final double HEADING_RATE_LIMIT = 1.0;

    /** Wished attitude, body FRD to NED, row-major. */
    private final double[] wish = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private final double[] now = new double[9];
    private final Attitude error = new Attitude();
    double rateX;
    double rateY;
    double rateZ;

    /** Sets the wish: thrust along (x, y, z) NED — up is negative z — and the nose as near the heading as that allows. */
    void wish(double thrustNorth, double thrustEast, double thrustDown, double headingCosine, double headingSine) {
        double norm = Math.sqrt(thrustNorth * thrustNorth + thrustEast * thrustEast + thrustDown * thrustDown);
        // Body down is opposite to the thrust; body right is down × nose.
        double zx = -thrustNorth / norm;
        double zy = -thrustEast / norm;
        double zz = -thrustDown / norm;
        double yx = -zz * headingSine;
        double yy = zz * headingCosine;
        double yz = zx * headingSine - zy * headingCosine;
        double yNorm = Math.sqrt(yx * yx + yy * yy + yz * yz);
        yx /= yNorm;
        yy /= yNorm;
        yz /= yNorm;
        wish[0] = yy * zz - yz * zy;
        wish[3] = yz * zx - yx * zz;
        wish[6] = yx * zy - yy * zx;
        wish[1] = yx;
        wish[4] = yy;
        wish[7] = yz;
        wish[2] = zx;
        wish[5] = zy;
        wish[8] = zz;
    }

    void update(Attitude attitude) {
        attitude.toMatrix(now);
        // nowᵀ·wish: the rotation still to be made, in body axes.
        double e0 = dot(now, 0, wish, 0);
        double e4 = dot(now, 1, wish, 1);
        double e8 = dot(now, 2, wish, 2);
        error.setFromMatrix(
                e0,
                dot(now, 0, wish, 1),
                dot(now, 0, wish, 2),
                dot(now, 1, wish, 0),
                e4,
                dot(now, 1, wish, 2),
                dot(now, 2, wish, 0),
                dot(now, 2, wish, 1),
                e8);
        double sign = error.w < 0 ? -2 : 2;
        rateX = clamped(TILT_GAIN * sign * error.x, TILT_RATE_LIMIT);
        rateY = clamped(TILT_GAIN * sign * error.y, TILT_RATE_LIMIT);
        rateZ = clamped(HEADING_GAIN * sign * error.z, HEADING_RATE_LIMIT);
    }

    private static double dot(double[] a, int columnA, double[] b, int columnB) {
        return a[columnA] * b[columnB] + a[3 + columnA] * b[3 + columnB] + a[6 + columnA] * b[6 + columnB];
    }

    private static double clamped(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
