package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.physics.Wind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the filter states of its own error, against the error that it truly has: normalised errors over many units. */
class EstimatorConsistencyTest {
    private static final int SEEDS = 12;

    @Test
    void staysWithinTheSigmasThatItStates() {
        double horizontalSquares = 0;
        double verticalSquares = 0;
        int within = 0;
        int samples = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var airframe = new SimulatedAirframe(seed, new Wind(3, -2, 0)).hoveringAt(10);
            airframe.controller.flyMission(List.of(new Waypoint(20, 0, -10), new Waypoint(20, 20, -12)), 4);
            EstimateView estimate = airframe.controller.estimate();
            double homeDown = airframe.heightMeters() + airframe.truth.positionDownMeters();
            for (int i = 0; i < 200; i++) {
                airframe.run(0.1);
                double north = estimate.positionNorthMeters() - airframe.truth.positionNorthMeters();
                double east = estimate.positionEastMeters() - airframe.truth.positionEastMeters();
                double down = estimate.positionDownMeters() - (airframe.truth.positionDownMeters() - homeDown);
                double sigma = estimate.horizontalPositionSigmaMeters();
                horizontalSquares += (north * north + east * east) / (2 * sigma * sigma);
                double vertical = down / estimate.verticalPositionSigmaMeters();
                verticalSquares += vertical * vertical;
                within += north * north + east * east < 9 * 2 * sigma * sigma && Math.abs(vertical) < 3 ? 1 : 0;
                samples++;
            }
        }
        assertThat(horizontalSquares / samples)
                .as("normalised square error, horizontal")
                .isBetween(0.1, 1.5);
        assertThat(verticalSquares / samples)
                .as("normalised square error, vertical")
                .isBetween(0.1, 1.5);
        assertThat((double) within / samples).isGreaterThan(0.99);
    }
}
