package io.kryla.airframe;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.SensorSample;
import java.util.List;

/** Measures the airframe at rest, through its own sensors. Judging the values is the line's business. */
public interface SelfTest {
    /** One value for each name that this airframe can measure, in the order asked; unknown names are left out. */
    List<MeasuredValue> measure(List<String> names);

    /**
     * Raw readings of one sensor, ahead of any calibration, at the sensor's own pace, while the airframe is held or turned as
     * it is now; body axes, m/s², rad/s or G. None where the airframe has no such sensor or cannot give it raw.
     *
     * @param sensor {@code accelerometer}, {@code gyro} or {@code magnetometer}
     * @param count 1 to 1,000
     */
    default List<SensorSample> sample(String sensor, int count) {
        return List.of();
    }
}
