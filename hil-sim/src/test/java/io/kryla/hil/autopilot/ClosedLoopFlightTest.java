package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.physics.Wind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job on sensors alone, judged by the truth: ten seeds in calm air and some in wind. */
class ClosedLoopFlightTest {
    private static final double[][] SQUARE = {{0, 0}, {20, 0}, {20, 20}, {0, 20}, {0, 0}};

    @ParameterizedTest(name = "seed {0}, {1} m/s of wind")
    @CsvSource({
        "1,0", "2,0", "3,0", "4,0", "5,0", "6,0", "7,0", "8,0", "9,0", "10,0", "1,5", "2,5", "3,5", "4,5", "5,5", "6,5",
        "7,5", "8,5", "9,5", "10,5", "1,8", "2,8", "3,8"
    })
    void armsClimbsHoversFliesASquareReturnsAndLands(long seed, double windSpeed) {
        flies(new SimulatedAirframe(seed, new Wind(windSpeed * 0.8, windSpeed * 0.6, 0)));
    }

    @ParameterizedTest(name = "{0}, seed {1}, {2} m/s of wind")
    @CsvSource({"quad-500g,1,0", "quad-500g,2,5", "hexa,1,0", "hexa,2,5", "octa,1,0", "octa,2,5"})
    void fliesOtherVehiclesWithTheSameGains(String vehicle, long seed, double windSpeed) {
        flies(new SimulatedAirframe(Vehicles.named(vehicle), seed, new Wind(windSpeed * 0.8, windSpeed * 0.6, 0)));
    }

    private static void flies(SimulatedAirframe airframe) {
        airframe.hoveringAt(10);
        assertThat(airframe.truth.flightTimeNanos()).as("ready, armed, up").isLessThan(30_000_000_000L);
        assertThat(airframe.heightMeters()).isBetween(9.6, 10.4);

        hovers(airframe);
        fliesTheSquare(airframe);

        assertThat(airframe.controller.returnToLaunch()).isEmpty();
        assertThat(airframe.runUntil(FlightMode.DISARMED, 60)).isTrue();
        assertThat(airframe.distanceFrom(0, 0)).as("distance to home").isLessThan(1.0);
        assertThat(airframe.touchdownSpeed).isBetween(0.1, 0.7);
        assertThat(airframe.truth.hullTouchesGround()).isFalse();
        assertThat(airframe.events)
                .extracting(ControllerEvent::kind)
                .contains(ControllerEvent.Kind.ARMED, ControllerEvent.Kind.TOUCHDOWN, ControllerEvent.Kind.DISARMED);
    }

    private static void hovers(SimulatedAirframe airframe) {
        int samples = 2_000;
        double[] north = new double[samples];
        double[] east = new double[samples];
        for (int i = 0; i < samples; i++) {
            airframe.run(0.01);
            north[i] = airframe.truth.positionNorthMeters();
            east[i] = airframe.truth.positionEastMeters();
            assertThat(airframe.heightMeters()).isBetween(9.6, 10.4);
        }
        double meanNorth = Arrays.stream(north).average().orElseThrow();
        double meanEast = Arrays.stream(east).average().orElseThrow();
        double[] radii = new double[samples];
        for (int i = 0; i < samples; i++) {
            radii[i] = Math.hypot(north[i] - meanNorth, east[i] - meanEast);
        }
        Arrays.sort(radii);
        assertThat(radii[samples * 95 / 100]).as("CEP95 about its mean").isLessThan(0.4);
        assertThat(Math.hypot(meanNorth, meanEast)).as("mean offset").isLessThan(0.8);
    }

    private static void fliesTheSquare(SimulatedAirframe airframe) {
        List<Waypoint> waypoints = Arrays.stream(SQUARE)
                .skip(1)
                .map(corner -> new Waypoint(corner[0], corner[1], -10))
                .toList();
        assertThat(airframe.controller.flyMission(waypoints, 5)).isEmpty();
        double crossTrack = 0;
        double speed = 0;
        long start = airframe.truth.flightTimeNanos();
        while (airframe.controller.mode() == FlightMode.MISSION
                && airframe.truth.flightTimeNanos() - start < 60_000_000_000L) {
            airframe.tick();
            crossTrack = Math.max(crossTrack, distanceToSquare(airframe));
            speed = Math.max(
                    speed,
                    Math.hypot(
                            airframe.truth.velocityNorthMetersPerSecond(),
                            airframe.truth.velocityEastMetersPerSecond()));
        }
        assertThat(airframe.controller.mode()).isEqualTo(FlightMode.HOLD);
        assertThat(crossTrack).isLessThan(1.2);
        assertThat(speed).isBetween(4.0, 5.8);
        assertThat(airframe.heightMeters()).isBetween(9.5, 10.5);
    }

    private static double distanceToSquare(SimulatedAirframe airframe) {
        double n = airframe.truth.positionNorthMeters();
        double e = airframe.truth.positionEastMeters();
        double nearest = Double.MAX_VALUE;
        for (int i = 1; i < SQUARE.length; i++) {
            double dn = SQUARE[i][0] - SQUARE[i - 1][0];
            double de = SQUARE[i][1] - SQUARE[i - 1][1];
            double along = ((n - SQUARE[i - 1][0]) * dn + (e - SQUARE[i - 1][1]) * de) / (dn * dn + de * de);
            double part = Math.max(0, Math.min(1, along));
            nearest = Math.min(nearest, Math.hypot(n - SQUARE[i - 1][0] - part * dn, e - SQUARE[i - 1][1] - part * de));
        }
        return nearest;
    }
}
