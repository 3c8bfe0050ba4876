package io.kryla.hil.flight;

import io.kryla.hil.scenario.Fault;
import io.kryla.hil.sensors.SensorFaults;
import java.util.BitSet;
import java.util.List;

/** Plants the plan's faults when they begin and takes them away when they end. */
final class FaultSchedule {
    private final List<Fault> faults;
    private final PlanClock clock;
    private final SimulatedAirframe airframe;
    private final BitSet active = new BitSet();

    FaultSchedule(List<Fault> faults, PlanClock clock, SimulatedAirframe airframe) {
        this.faults = faults;
        this.clock = clock;
        this.airframe = airframe;
    }

    void update(long nowNanos) {
        boolean changed = false;
        for (int i = 0; i < faults.size(); i++) {
            var fault = faults.get(i);
            boolean due = clock.hasCome(fault.from(), nowNanos) && !clock.hasCome(fault.to(), nowNanos);
            if (due != active.get(i)) {
                active.set(i, due);
                changed = true;
                if (fault instanceof Fault.RotorThrust rotor) {
                    airframe.setRotorThrustScale(rotor.rotor(), due ? rotor.factor() : 1);
                }
            }
        }
        if (changed) {
            airframe.setSensorFaults(sensorFaults());
        }
    }

    /** Offsets of several faults at once add up. */
    private SensorFaults sensorFaults() {
        var sum = SensorFaults.none();
        for (int i = active.nextSetBit(0); i >= 0; i = active.nextSetBit(i + 1)) {
            var fault = faults.get(i);
            if (fault instanceof Fault.GnssOutage) {
                sum = sum.withGnssOutage();
            } else if (fault instanceof Fault.GnssOffset offset) {
                sum = sum.withGnssOffset(
                        sum.gnssOffsetNorthMeters() + offset.northMeters(),
                        sum.gnssOffsetEastMeters() + offset.eastMeters(),
                        sum.gnssOffsetDownMeters() - offset.upMeters());
            }
        }
        return sum;
    }
}
