package io.kryla.factory.calibration;

import java.util.List;
import java.util.Optional;

/** A sensor of three axes that a line calibrates, and the poses that it takes. */
public enum CalibratedSensor {
    /** Six positions, each axis up and down: offsets and scales. */
    ACCELEROMETER(
            "accelerometer",
            "cal.accel",
            List.of(
                    Pose.LEVEL,
                    Pose.UPSIDE_DOWN,
                    Pose.NOSE_DOWN,
                    Pose.NOSE_UP,
                    Pose.LEFT_SIDE_DOWN,
                    Pose.RIGHT_SIDE_DOWN)),
    /** At rest: offsets. */
    GYRO("gyro", "cal.gyro", List.of(Pose.STILL)),
    /** Turned through every direction: offsets and scales. */
    MAGNETOMETER("magnetometer", "cal.mag", List.of(Pose.TURNING));

    private final String word;
    private final String parameterPrefix;
    private final List<Pose> poses;

    CalibratedSensor(String word, String parameterPrefix, List<Pose> poses) {
        this.word = word;
        this.parameterPrefix = parameterPrefix;
        this.poses = poses;
    }

    /** As messages, plans and measurements name it. */
    public String word() {
        return word;
    }

    /** Names of its calibration's parameters begin so; at most 32 characters with what follows. */
    public String parameterPrefix() {
        return parameterPrefix;
    }

    /** In the order in which they are taken. */
    public List<Pose> poses() {
        return poses;
    }

    public static Optional<CalibratedSensor> ofWord(String word) {
        for (CalibratedSensor sensor : values()) {
            if (sensor.word.equals(word)) {
                return Optional.of(sensor);
            }
        }
        return Optional.empty();
    }
}
