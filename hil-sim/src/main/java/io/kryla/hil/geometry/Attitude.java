package io.kryla.hil.geometry;

/**
 * A rotation from body FRD to world NED as a Hamilton quaternion; one reused mutable object for the hot loop.
 *
 * <p>Unit norm after every method that changes it. Uses only + − × ÷ and square root, so the bits are the same on every
 * JVM, except {@link #setEuler} and the angle getters, which call {@link StrictMath}. Vectors are arrays of three; input
 * and output may be the same array. Allocation-free. Confined to one thread.
 */
public final class Attitude {
    public double w = 1;
    public double x;
    public double y;
    public double z;

    public void set(double w, double x, double y, double z) {
        this.w = w;
        this.x = x;
        this.y = y;
        this.z = z;
        normalize();
    }

    public void set(Attitude other) {
        w = other.w;
        x = other.x;
        y = other.y;
        z = other.z;
    }

    /** Yaw, then pitch, then roll (aerospace Z-Y-X). */
    public void setEuler(double rollRadians, double pitchRadians, double yawRadians) {
        double cr = StrictMath.cos(rollRadians / 2);
        double sr = StrictMath.sin(rollRadians / 2);
        double cp = StrictMath.cos(pitchRadians / 2);
        double sp = StrictMath.sin(pitchRadians / 2);
        double cy = StrictMath.cos(yawRadians / 2);
        double sy = StrictMath.sin(yawRadians / 2);
        set(
                cr * cp * cy + sr * sp * sy,
                sr * cp * cy - cr * sp * sy,
                cr * sp * cy + sr * cp * sy,
                cr * cp * sy - sr * sp * cy);
    }

    /** From the rows of a rotation matrix; divides by the largest component, so it is sound at every angle. */
    public void setFromMatrix(
            double m00,
            double m01,
            double m02,
            double m10,
            double m11,
            double m12,
            double m20,
            double m21,
            double m22) {
        if (m00 + m11 + m22 > 0) {
            set(1 + m00 + m11 + m22, m21 - m12, m02 - m20, m10 - m01);
        } else if (m00 >= m11 && m00 >= m22) {
            set(m21 - m12, 1 + m00 - m11 - m22, m01 + m10, m02 + m20);
        } else if (m11 >= m22) {
            set(m02 - m20, m01 + m10, 1 + m11 - m00 - m22, m12 + m21);
        } else {
            set(m10 - m01, m02 + m20, m12 + m21, 1 + m22 - m00 - m11);
        }
    }

    /**
     * Turns further by a small rotation given in body axes. Third-order accurate: the error at 0.1 rad is below 1e-6 rad.
     */
    public void turnByBodyAngle(double phiX, double phiY, double phiZ) {
        double squared = phiX * phiX + phiY * phiY + phiZ * phiZ;
        double dw = 1 - squared / 8;
        double half = 0.5 - squared / 48;
        double dx = phiX * half;
        double dy = phiY * half;
        double dz = phiZ * half;
        set(
                w * dw - x * dx - y * dy - z * dz,
                w * dx + x * dw + y * dz - z * dy,
                w * dy - x * dz + y * dw + z * dx,
                w * dz + x * dy - y * dx + z * dw);
    }

    private void normalize() {
        double squared = w * w + x * x + y * y + z * z;
        if (!(squared > 0)) {
            throw new IllegalArgumentException(
                    "an attitude needs a quaternion other than zero, found norm² " + squared);
        }
        double scale = 1 / Math.sqrt(squared);
        w *= scale;
        x *= scale;
        y *= scale;
        z *= scale;
    }

    /** Writes the rotation matrix (row-major, nine entries) that takes a body FRD vector to world NED. */
    public void toMatrix(double[] out) {
        toMatrix(w, x, y, z, out);
    }

    /** As {@link #toMatrix(double[])}, of a quaternion that need not be an object. */
    public static void toMatrix(double w, double x, double y, double z, double[] out) {
        out[0] = 1 - 2 * (y * y + z * z);
        out[1] = 2 * (x * y - w * z);
        out[2] = 2 * (x * z + w * y);
        out[3] = 2 * (x * y + w * z);
        out[4] = 1 - 2 * (x * x + z * z);
        out[5] = 2 * (y * z - w * x);
        out[6] = 2 * (x * z - w * y);
        out[7] = 2 * (y * z + w * x);
        out[8] = 1 - 2 * (x * x + y * y);
    }

    /** How far the body's down axis leans from the world's, as a cosine: 1 upright, 0 on its side, −1 inverted. */
    public double cosineOfTilt() {
        return 1 - 2 * (x * x + y * y);
    }

    public double tiltRadians() {
        return StrictMath.acos(Math.max(-1, Math.min(1, cosineOfTilt())));
    }

    public double rollRadians() {
        return StrictMath.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y));
    }

    public double pitchRadians() {
        return StrictMath.asin(Math.max(-1, Math.min(1, 2 * (w * y - x * z))));
    }

    public double yawRadians() {
        return StrictMath.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
    }
}
