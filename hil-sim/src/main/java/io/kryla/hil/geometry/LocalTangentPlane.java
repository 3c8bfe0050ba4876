package io.kryla.hil.geometry;

/**
 * North, east and down in metres about an origin, and back to latitude and longitude.
 *
 * <p>Linear in the angles with the radii of curvature of WGS 84 at the origin, so the two directions invert each other.
 * Against the ellipsoid the error grows with the square of the distance: below 1 cm within 300 m, about 0.1 m at 1 km
 * (mid latitudes).
 */
public final class LocalTangentPlane {
    private static final double EQUATORIAL_RADIUS_METERS = 6_378_137.0;
    private static final double FLATTENING = 1 / 298.257223563;

    private final GeodeticPosition origin;
    private final double northMetersPerRadian;
    private final double eastMetersPerRadian;

    public LocalTangentPlane(GeodeticPosition origin) {
        this.origin = origin;
        double eccentricitySquared = FLATTENING * (2 - FLATTENING);
        double sine = StrictMath.sin(origin.latitudeRadians());
        double term = 1 - eccentricitySquared * sine * sine;
        double primeVertical = EQUATORIAL_RADIUS_METERS / Math.sqrt(term);
        double meridional = primeVertical * (1 - eccentricitySquared) / term;
        northMetersPerRadian = meridional + origin.altitudeMslMeters();
        eastMetersPerRadian = (primeVertical + origin.altitudeMslMeters()) * StrictMath.cos(origin.latitudeRadians());
    }

    public GeodeticPosition origin() {
        return origin;
    }

    public double northMeters(double latitudeRadians) {
        return (latitudeRadians - origin.latitudeRadians()) * northMetersPerRadian;
    }

    public double eastMeters(double longitudeRadians) {
        return (longitudeRadians - origin.longitudeRadians()) * eastMetersPerRadian;
    }

    public double downMeters(double altitudeMslMeters) {
        return origin.altitudeMslMeters() - altitudeMslMeters;
    }

    public double latitudeRadians(double northMeters) {
        return origin.latitudeRadians() + northMeters / northMetersPerRadian;
    }

    public double longitudeRadians(double eastMeters) {
        return origin.longitudeRadians() + eastMeters / eastMetersPerRadian;
    }

    public double altitudeMslMeters(double downMeters) {
        return origin.altitudeMslMeters() - downMeters;
    }
}
