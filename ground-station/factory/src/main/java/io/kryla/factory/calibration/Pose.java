package io.kryla.factory.calibration;

import java.util.Locale;
import java.util.Optional;

/** How an airframe is held while a sensor is sampled; axes of the body are forward, right, down. */
public enum Pose {
    /** On its feet. */
    LEVEL(0, 0, -1),
    UPSIDE_DOWN(0, 0, 1),
    NOSE_UP(1, 0, 0),
    NOSE_DOWN(-1, 0, 0),
    LEFT_SIDE_DOWN(0, 1, 0),
    RIGHT_SIDE_DOWN(0, -1, 0),
    /** On its feet, untouched. */
    STILL(0, 0, -1),
    /** Turned slowly about all three axes, through every direction. */
    TURNING(0, 0, 0);

    private final double upX;
    private final double upY;
    private final double upZ;

    Pose(double upFrdX, double upFrdY, double upFrdZ) {
        this.upX = upFrdX;
        this.upY = upFrdY;
        this.upZ = upFrdZ;
    }

    /** Where up is in the body's axes, of length 1; none while it is turned. */
    Optional<double[]> upFrd() {
        return this == TURNING ? Optional.empty() : Optional.of(new double[] {upX, upY, upZ});
    }

    /** As steps and prompts name it, for example {@code nose-up}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Pose> ofWord(String word) {
        for (Pose pose : values()) {
            if (pose.word().equals(word)) {
                return Optional.of(pose);
            }
        }
        return Optional.empty();
    }
}
