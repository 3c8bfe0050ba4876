package io.kryla.station.bench;

import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;

/** A defect planted in a board's sensors, to see that the line finds it. */
public enum PlantedDefect {
    NONE(SensorFaults.none()),
    /** Repeats its first value: looks right on average, and is dead. */
    STUCK_ACCELEROMETER(SensorFaults.none().with(SensorAxis.ACCELEROMETER_X, new AxisDefect.Stuck())),
    /** Off by 0.2 rad/s, which is a bad part or a bad solder joint. */
    BIASED_GYRO(SensorFaults.none().with(SensorAxis.GYRO_Z, new AxisDefect.Offset(0.2))),
    /** No satellite is received. */
    NO_GNSS(SensorFaults.none().withGnssOutage());

    private final SensorFaults faults;

    PlantedDefect(SensorFaults faults) {
        this.faults = faults;
    }

    public SensorFaults faults() {
        return faults;
    }
}
