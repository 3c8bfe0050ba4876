package io.kryla.hil.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What leaves a line broken if nobody looks: each is planted into an airframe to see that the acceptance finds it. */
public enum AirframeDefect {
    /** The motors of the front right and the rear right are on each other's wires. */
    SWAPPED_MOTORS("swapped motor order", FaultKind.ROTOR_ORDER, Map.of("rotor", 0.0, "other", 3.0)),
    REVERSED_PROPELLER("reversed propeller", FaultKind.ROTOR_REVERSED, Map.of("rotor", 0.0)),
    WRONG_IMU_ORIENTATION("IMU turned by 90 deg", FaultKind.IMU_ORIENTATION, Map.of("yaw", StrictMath.PI / 2)),
    MISCALIBRATED_MAGNETOMETER(
            "magnetometer off by 12 uT", FaultKind.MAGNETOMETER_HARD_IRON, Map.of("x", 8.5e-6, "y", -8.5e-6)),
    WEAK_MOTOR("motor 8 % weak", FaultKind.ROTOR_THRUST, Map.of("rotor", 0.0, "factor", 0.92)),
    LOOSE_BATTERY("loose battery plug", FaultKind.BATTERY_CONTACT, Map.of("resistance", 0.1)),
    SLID_BATTERY("battery slid: centre of mass 1 cm ahead", FaultKind.AIRFRAME_BALANCE, Map.of("x", 0.01));

    private final String title;
    private final Fault fault;

    AirframeDefect(String title, FaultKind kind, Map<String, Double> values) {
        this.title = title;
        fault = new Fault(kind, values, new Moment.Elapsed(0), new Moment.FlightEnd(), 0);
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The same plan, flown by an airframe that has this defect from the start. */
    public AcceptancePlan plantedIn(AcceptancePlan plan) {
        List<Fault> faults = new ArrayList<>(plan.faults());
        faults.add(fault);
        return new AcceptancePlan(
                plan.name(),
                plan.vehicle(),
                plan.site(),
                plan.timeLimitNanos(),
                plan.weather(),
                plan.geofence(),
                plan.actions(),
                faults,
                plan.criteria(),
                plan.sha256());
    }
}
