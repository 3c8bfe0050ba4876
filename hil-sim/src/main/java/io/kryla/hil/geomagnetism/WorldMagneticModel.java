package io.kryla.hil.geomagnetism;

import io.kryla.hil.geometry.GeodeticPosition;

/**
 * World Magnetic Model 2025, degree and order 12 ("The US/UK World Magnetic Model for 2025-2030: Technical Report", NOAA
 * NCEI and BGS, 2024, §1.2): good for 2025.0 to 2030.0, from the ground to far above any flight, not within a tenth of a
 * degree of the poles. Evaluated once for a site; the same bits on every JVM.
 */
public final class WorldMagneticModel {
    public static final double FIRST_YEAR = 2025.0;
    public static final double LAST_YEAR = 2030.0;

    private static final GaussCoefficients WMM2025 = GaussCoefficients.load("wmm2025.cof");
    private static final int DEGREE = GaussCoefficients.DEGREE;
    /** Geomagnetic reference radius, m. */
    private static final double REFERENCE_RADIUS = 6_371_200;
    /** WGS 84. */
    private static final double SEMI_MAJOR_AXIS = 6_378_137;

    private static final double FLATTENING = 1 / 298.257223563;
    private static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);
    private static final double TESLA_PER_NANOTESLA = 1e-9;
    private static final double HIGHEST_LATITUDE = StrictMath.toRadians(89.9);

    private WorldMagneticModel() {}

    /**
     * @param decimalYear such as 2026.5 for the middle of 2026
     * @throws IllegalArgumentException outside the model's years or too close to a pole
     */
    public static MagneticField at(GeodeticPosition place, double decimalYear) {
        if (!(decimalYear >= FIRST_YEAR && decimalYear < LAST_YEAR)) {
            throw new IllegalArgumentException(
                    "decimalYear must lie in [" + FIRST_YEAR + ", " + LAST_YEAR + "), found " + decimalYear);
        }
        double latitude = place.latitudeRadians();
        if (Math.abs(latitude) > HIGHEST_LATITUDE) {
            throw new IllegalArgumentException("latitudeRadians must lie 0.1 degrees off the poles, found " + latitude);
        }
        // Geodetic to geocentric (report, eq. 7 and 8).
        double sine = StrictMath.sin(latitude);
        double cosine = StrictMath.cos(latitude);
        double curvature = SEMI_MAJOR_AXIS / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
        double axial = (curvature * (1 - ECCENTRICITY_SQUARED) + place.altitudeMslMeters()) * sine;
        double equatorial = (curvature + place.altitudeMslMeters()) * cosine;
        double radius = Math.sqrt(axial * axial + equatorial * equatorial);
        return new Sum(axial / radius, equatorial / radius, place.longitudeRadians(), decimalYear - WMM2025.epochYear)
                .field(REFERENCE_RADIUS / radius, sine, cosine);
    }

    /** The spherical harmonic sums (report, eq. 10 to 12) at one geocentric direction. */
    private static final class Sum {
        private final double sine;
        private final double cosine;
        private final double longitude;
        private final double years;
        private final double[][] p = new double[DEGREE + 1][DEGREE + 1];
        private final double[][] slope = new double[DEGREE + 1][DEGREE + 1];

        Sum(double sine, double cosine, double longitude, double years) {
            this.sine = sine;
            this.cosine = cosine;
            this.longitude = longitude;
            this.years = years;
            fillLegendre();
        }

        /** Schmidt semi-normalised P of the sine of the latitude, and its derivative by the latitude. */
        private void fillLegendre() {
            p[0][0] = 1;
            for (int n = 1; n <= DEGREE; n++) {
                double factor = n == 1 ? 1 : Math.sqrt((2.0 * n - 1) / (2.0 * n));
                p[n][n] = factor * cosine * p[n - 1][n - 1];
                slope[n][n] = factor * (cosine * slope[n - 1][n - 1] - sine * p[n - 1][n - 1]);
                for (int m = 0; m < n; m++) {
                    double before = n > 1 ? Math.sqrt((n - 1.0) * (n - 1.0) - m * m) : 0;
                    double older = n > 1 ? p[n - 2][m] : 0;
                    double olderSlope = n > 1 ? slope[n - 2][m] : 0;
                    double scale = Math.sqrt((double) n * n - m * m);
                    p[n][m] = ((2 * n - 1) * sine * p[n - 1][m] - before * older) / scale;
                    slope[n][m] = ((2 * n - 1) * (cosine * p[n - 1][m] + sine * slope[n - 1][m]) - before * olderSlope)
                            / scale;
                }
            }
        }

        MagneticField field(double radiusRatio, double geodeticSine, double geodeticCosine) {
            double north = 0;
            double east = 0;
            double down = 0;
            double power = radiusRatio * radiusRatio;
            for (int n = 1; n <= DEGREE; n++) {
                power *= radiusRatio;
                for (int m = 0; m <= n; m++) {
                    double g = WMM2025.g[n][m] + years * WMM2025.gPerYear[n][m];
                    double h = WMM2025.h[n][m] + years * WMM2025.hPerYear[n][m];
                    double along = g * StrictMath.cos(m * longitude) + h * StrictMath.sin(m * longitude);
                    double across = g * StrictMath.sin(m * longitude) - h * StrictMath.cos(m * longitude);
                    north -= power * along * slope[n][m];
                    east += power * m * across * p[n][m];
                    down -= power * (n + 1) * along * p[n][m];
                }
            }
            east /= cosine;
            // From the geocentric frame to the ellipsoid's (report, eq. 17).
            double turnSine = sine * geodeticCosine - cosine * geodeticSine;
            double turnCosine = cosine * geodeticCosine + sine * geodeticSine;
            return new MagneticField(
                    (north * turnCosine - down * turnSine) * TESLA_PER_NANOTESLA,
                    east * TESLA_PER_NANOTESLA,
                    (north * turnSine + down * turnCosine) * TESLA_PER_NANOTESLA);
        }
    }
}
