package io.kryla.hil.estimation;

import io.kryla.hil.geometry.GeodeticPosition;
import io.kryla.hil.geometry.LocalTangentPlane;
import org.jspecify.annotations.Nullable;

/**
 * Ties the filter's local frame to what GNSS and barometer call the same place, and keeps home.
 *
 * <p>While the vehicle stands, their slow biases are averaged away into offsets; in flight the offsets are frozen, so that
 * the vehicle returns to where it stood rather than to where one fix put it.
 */
final class PlaceReference {
    /** Time constants of the averages: about 10 s of fixes at 5 Hz, 4 s of pressures at 50 Hz. */
    private static final double LEAST_FIX_WEIGHT = 0.02;

    private static final double LEAST_PRESSURE_WEIGHT = 0.005;
    private static final int FIXES_NEEDED = 10;
    private static final int PRESSURES_NEEDED = 50;

    private final double[] home = new double[3];
    private final double[] standing = new double[3];
    private final double[] fixOffset = new double[3];
    private @Nullable LocalTangentPlane plane;
    private int fixes;
    private double pressureAltitudeOffset;
    private int pressures;

    void restart() {
        plane = null;
        fixes = 0;
        pressures = 0;
        for (int i = 0; i < 3; i++) {
            home[i] = 0;
            standing[i] = 0;
            fixOffset[i] = 0;
        }
    }

    /** The vehicle stands here now; what is learnt from now on belongs to this place. */
    void standAt(double[] position) {
        System.arraycopy(position, 0, standing, 0, 3);
        fixes = 0;
        pressures = 0;
    }

    void setHome(double[] position) {
        System.arraycopy(position, 0, home, 0, 3);
    }

    void learnFix(double latitudeRadians, double longitudeRadians, double altitudeMslMeters) {
        LocalTangentPlane known = plane;
        if (known == null) {
            known = new LocalTangentPlane(new GeodeticPosition(latitudeRadians, longitudeRadians, altitudeMslMeters));
            plane = known;
        }
        fixes++;
        double weight = Math.max(1.0 / fixes, LEAST_FIX_WEIGHT);
        fixOffset[0] += weight * (known.northMeters(latitudeRadians) - standing[0] - fixOffset[0]);
        fixOffset[1] += weight * (known.eastMeters(longitudeRadians) - standing[1] - fixOffset[1]);
        fixOffset[2] += weight * (known.downMeters(altitudeMslMeters) - standing[2] - fixOffset[2]);
    }

    void learnPressureAltitude(double meters) {
        if (!Double.isFinite(meters)) {
            return;
        }
        pressures++;
        double weight = Math.max(1.0 / pressures, LEAST_PRESSURE_WEIGHT);
        pressureAltitudeOffset += weight * (meters + standing[2] - pressureAltitudeOffset);
    }

    boolean knowsFix() {
        return plane != null;
    }

    /** True when both averages are long enough to leave the ground on. */
    boolean settled() {
        return fixes >= FIXES_NEEDED && pressures >= PRESSURES_NEEDED;
    }

    double north(double latitudeRadians) {
        return plane().northMeters(latitudeRadians) - fixOffset[0];
    }

    double east(double longitudeRadians) {
        return plane().eastMeters(longitudeRadians) - fixOffset[1];
    }

    double down(double altitudeMslMeters) {
        return plane().downMeters(altitudeMslMeters) - fixOffset[2];
    }

    double downOfPressureAltitude(double meters) {
        return pressureAltitudeOffset - meters;
    }

    double latitudeRadians(double north) {
        return plane == null ? 0 : plane.latitudeRadians(north + fixOffset[0]);
    }

    double longitudeRadians(double east) {
        return plane == null ? 0 : plane.longitudeRadians(east + fixOffset[1]);
    }

    double altitudeMslMeters(double down) {
        return plane == null ? 0 : plane.altitudeMslMeters(down + fixOffset[2]);
    }

    double home(int axis) {
        return home[axis];
    }

    double standing(int axis) {
        return standing[axis];
    }

    private LocalTangentPlane plane() {
        LocalTangentPlane known = plane;
        if (known == null) {
            throw new IllegalStateException("no GNSS fix was learnt yet; ask knowsFix() first");
        }
        return known;
    }
}
