package io.kryla.hil.geomagnetism;

import io.kryla.hil.closedform.ClosedFormCheck;
import io.kryla.hil.geometry.GeodeticPosition;
import java.util.ArrayList;
import java.util.List;

/** The test values that the report of the World Magnetic Model publishes. */
public final class FieldClosedForms {
    /** Year, latitude, longitude; north, east, down in nanotesla. */
    private static final double[][] PUBLISHED = {
        {2025.0, 80, 0, 6521.6, 145.9, 54791.5},
        {2025.0, 0, 120, 39677.8, -109.6, -10580.2},
        {2025.0, -80, -120, 6117.5, 15751.9, -52022.5},
        {2027.5, 80, 0, 6500.8, 294.5, 54869.4},
        {2027.5, 0, 120, 39701.6, -167.4, -10381.8},
        {2027.5, -80, -120, 6200.7, 15730.3, -51783.7},
    };

    private FieldClosedForms() {}

    public static List<ClosedFormCheck> all() {
        List<ClosedFormCheck> checks = new ArrayList<>();
        for (double[] row : PUBLISHED) {
            MagneticField field = WorldMagneticModel.at(
                    new GeodeticPosition(StrictMath.toRadians(row[1]), StrictMath.toRadians(row[2]), 0), row[0]);
            String subject = "magnetic field " + row[0] + ", " + (int) row[1] + "°, " + (int) row[2] + "°";
            double[] found = {field.northTesla(), field.eastTesla(), field.downTesla()};
            String[] names = {"north", "east", "down"};
            for (int axis = 0; axis < 3; axis++) {
                checks.add(new ClosedFormCheck(
                        subject,
                        names[axis],
                        "nT",
                        row[3 + axis],
                        found[axis] * 1e9,
                        0.051,
                        "WMM2025 technical report, test values"));
            }
        }
        return List.copyOf(checks);
    }
}
