package io.kryla.test;

import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.FlightMode;
import io.kryla.v1.VehicleState;
import io.kryla.v1.Waypoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A vehicle without physics that keeps the modes and refusals of the real autopilot: it moves in straight lines at a steady
 * speed. Confined to the flight thread.
 */
final class FakeFlight {
    private static final double CLIMB_METERS_PER_SECOND = 2;
    private static final double LEAST_HEIGHT_METERS = 1;
    private static final double MOST_HEIGHT_METERS = 120;
    private static final double FARTHEST_METERS = 1_000;
    private static final int MOST_WAYPOINTS = 100;

    private final Deque<FlightEvent> events = new ArrayDeque<>();
    private FlightMode mode = FlightMode.FLIGHT_MODE_DISARMED;
    private double north;
    private double east;
    private double height;
    private double targetHeight;
    private double speed = CLIMB_METERS_PER_SECOND;
    private List<Waypoint> route = List.of();
    private int reached;

    FlightMode mode() {
        return mode;
    }

    boolean armed() {
        return mode != FlightMode.FLIGHT_MODE_DISARMED;
    }

    private boolean airborne() {
        return armed() && mode != FlightMode.FLIGHT_MODE_ARMED_IDLE;
    }

    double heightMeters() {
        return height;
    }

    int waypointsReached() {
        return reached;
    }

    Optional<FlightEvent> pollEvent() {
        return Optional.ofNullable(events.poll());
    }

    Optional<String> arm() {
        if (armed()) {
            tell(FlightEventKind.FLIGHT_EVENT_KIND_ARMING_REFUSED, "ALREADY_ARMED");
            return Optional.of("ALREADY_ARMED");
        }
        tell(FlightEventKind.FLIGHT_EVENT_KIND_ARMED, "");
        enter(FlightMode.FLIGHT_MODE_ARMED_IDLE);
        return Optional.empty();
    }

    Optional<String> disarm() {
        if (!armed()) {
            return Optional.of("NOT_ARMED");
        }
        if (airborne()) {
            return Optional.of("AIRBORNE");
        }
        stopRotors("COMMANDED");
        return Optional.empty();
    }

    Optional<String> takeOff(double heightAboveHomeMeters) {
        if (!armed()) {
            return Optional.of("NOT_ARMED");
        }
        if (airborne()) {
            return Optional.of("AIRBORNE");
        }
        if (!(heightAboveHomeMeters >= LEAST_HEIGHT_METERS && heightAboveHomeMeters <= MOST_HEIGHT_METERS)) {
            return Optional.of("OUT_OF_RANGE");
        }
        targetHeight = heightAboveHomeMeters;
        enter(FlightMode.FLIGHT_MODE_TAKE_OFF);
        return Optional.empty();
    }

    /** Hold, return and land: what only an airborne vehicle does. */
    Optional<String> change(FlightMode next) {
        Optional<String> refusal = refusalOnGround();
        if (refusal.isEmpty()) {
            enter(next);
        }
        return refusal;
    }

    Optional<String> flyMission(List<Waypoint> waypoints, double metersPerSecond) {
        Optional<String> refusal = refusalOnGround();
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean possible = !waypoints.isEmpty()
                && waypoints.size() <= MOST_WAYPOINTS
                && metersPerSecond >= 0.5
                && metersPerSecond <= 8
                && waypoints.stream().allMatch(FakeFlight::reachable);
        if (!possible) {
            return Optional.of("OUT_OF_RANGE");
        }
        route = List.copyOf(waypoints);
        reached = 0;
        speed = metersPerSecond;
        enter(FlightMode.FLIGHT_MODE_MISSION);
        return Optional.empty();
    }

    private static boolean reachable(Waypoint waypoint) {
        return -waypoint.getDownMeters() >= LEAST_HEIGHT_METERS
                && -waypoint.getDownMeters() <= MOST_HEIGHT_METERS
                && Math.abs(waypoint.getNorthMeters()) <= FARTHEST_METERS
                && Math.abs(waypoint.getEastMeters()) <= FARTHEST_METERS;
    }

    private Optional<String> refusalOnGround() {
        if (!armed()) {
            return Optional.of("NOT_ARMED");
        }
        return airborne() ? Optional.empty() : Optional.of("NOT_AIRBORNE");
    }

    void step(double seconds) {
        switch (mode) {
            case FLIGHT_MODE_TAKE_OFF -> {
                if (moveTo(north, east, targetHeight, CLIMB_METERS_PER_SECOND * seconds)) {
                    enter(FlightMode.FLIGHT_MODE_HOLD);
                }
            }
            case FLIGHT_MODE_MISSION -> {
                Waypoint next = route.get(reached);
                if (moveTo(next.getNorthMeters(), next.getEastMeters(), -next.getDownMeters(), speed * seconds)) {
                    reached++;
                    tell(FlightEventKind.FLIGHT_EVENT_KIND_WAYPOINT_REACHED, Integer.toString(reached));
                    if (reached == route.size()) {
                        enter(FlightMode.FLIGHT_MODE_HOLD);
                    }
                }
            }
            case FLIGHT_MODE_RETURN -> {
                if (moveTo(0, 0, height, 2 * CLIMB_METERS_PER_SECOND * seconds)) {
                    enter(FlightMode.FLIGHT_MODE_LAND);
                }
            }
            case FLIGHT_MODE_LAND -> {
                if (moveTo(north, east, 0, CLIMB_METERS_PER_SECOND * seconds)) {
                    tell(FlightEventKind.FLIGHT_EVENT_KIND_TOUCHDOWN, "");
                    stopRotors("LANDED");
                }
            }
            default -> {}
        }
    }

    /** Returns whether it is there. */
    private boolean moveTo(double toNorth, double toEast, double toHeight, double meters) {
        double n = toNorth - north;
        double e = toEast - east;
        double up = toHeight - height;
        double distance = Math.sqrt(n * n + e * e + up * up);
        double share = distance <= meters ? 1 : meters / distance;
        north += share * n;
        east += share * e;
        height += share * up;
        return share == 1;
    }

    private void stopRotors(String why) {
        tell(FlightEventKind.FLIGHT_EVENT_KIND_DISARMED, why);
        enter(FlightMode.FLIGHT_MODE_DISARMED);
    }

    private void enter(FlightMode next) {
        mode = next;
        tell(FlightEventKind.FLIGHT_EVENT_KIND_MODE_CHANGED, next.name().substring("FLIGHT_MODE_".length()));
    }

    private void tell(FlightEventKind kind, String detail) {
        events.add(FlightEvent.newBuilder().setKind(kind).setDetail(detail).build());
    }

    VehicleState state() {
        return VehicleState.newBuilder()
                .setMode(mode)
                .setArmed(armed())
                .setAttitudeW(1)
                .setPositionNorthMeters((float) north)
                .setPositionEastMeters((float) east)
                .setPositionDownMeters((float) -height)
                .setBatteryVoltageVolts(16.2f)
                .setBatteryRemainingRatio(0.9f)
                .setGnssSatellites(12)
                .addRotorCommands(armed() ? 0.5f : 0)
                .build();
    }
}
