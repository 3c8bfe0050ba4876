package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.ErrorCovariance.POSITION;

/** The filter's state relative to home, as others may read it. */
final class LiveEstimate implements EstimateView {
    private static final double READY_HORIZONTAL_SIGMA_METERS = 1.0;
    private static final double READY_VERTICAL_SIGMA_METERS = 1.0;

    /**
     * What wanders too slowly for the filter to take for noise, one sigma: a receiver's bias; a barometer's drift, and the
     * wind's pressure on it. Its own variance knows of neither.
     */
    private static final double HORIZONTAL_BIAS_SIGMA_METERS = 0.15;

    private static final double VERTICAL_BIAS_SIGMA_METERS = 0.1;

    private final NavigationFilter navigation;
    private final ErrorStateFilter filter;
    private final PlaceReference place;

    LiveEstimate(NavigationFilter navigation, ErrorStateFilter filter, PlaceReference place) {
        this.navigation = navigation;
        this.filter = filter;
        this.place = place;
    }

    @Override
    public boolean aligned() {
        return navigation.aligned();
    }

    @Override
    public boolean ready() {
        return navigation.aligned()
                && place.settled()
                && horizontalPositionSigmaMeters() < READY_HORIZONTAL_SIGMA_METERS
                && verticalPositionSigmaMeters() < READY_VERTICAL_SIGMA_METERS;
    }

    @Override
    public double attitudeW() {
        return filter.attitude.w;
    }

    @Override
    public double attitudeX() {
        return filter.attitude.x;
    }

    @Override
    public double attitudeY() {
        return filter.attitude.y;
    }

    @Override
    public double attitudeZ() {
        return filter.attitude.z;
    }

    @Override
    public double bodyRateFrdXRadiansPerSecond() {
        return filter.bodyRate[0];
    }

    @Override
    public double bodyRateFrdYRadiansPerSecond() {
        return filter.bodyRate[1];
    }

    @Override
    public double bodyRateFrdZRadiansPerSecond() {
        return filter.bodyRate[2];
    }

    @Override
    public double velocityNorthMetersPerSecond() {
        return filter.velocity[0];
    }

    @Override
    public double velocityEastMetersPerSecond() {
        return filter.velocity[1];
    }

    @Override
    public double velocityDownMetersPerSecond() {
        return filter.velocity[2];
    }

    @Override
    public double positionNorthMeters() {
        return filter.position[0] - place.home(0);
    }

    @Override
    public double positionEastMeters() {
        return filter.position[1] - place.home(1);
    }

    @Override
    public double positionDownMeters() {
        return filter.position[2] - place.home(2);
    }

    @Override
    public double latitudeRadians() {
        return place.latitudeRadians(filter.position[0]);
    }

    @Override
    public double longitudeRadians() {
        return place.longitudeRadians(filter.position[1]);
    }

    @Override
    public double altitudeMslMeters() {
        return place.altitudeMslMeters(filter.position[2]);
    }

    @Override
    public double horizontalPositionSigmaMeters() {
        return Math.sqrt(HORIZONTAL_BIAS_SIGMA_METERS * HORIZONTAL_BIAS_SIGMA_METERS
                + Math.max(filter.covariance.variance(POSITION), filter.covariance.variance(POSITION + 1)));
    }

    @Override
    public double verticalPositionSigmaMeters() {
        return Math.sqrt(
                VERTICAL_BIAS_SIGMA_METERS * VERTICAL_BIAS_SIGMA_METERS + filter.covariance.variance(POSITION + 2));
    }

    @Override
    public boolean gnssUsed() {
        return navigation.gnssUsed();
    }
}
