package io.kryla.hil.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AttitudeTest {
    private final Attitude attitude = new Attitude();
    private final double[] r = new double[9];

    @Test
    void pointsTheNoseWhereYawSays() {
        attitude.setEuler(0, 0, Math.toRadians(90));
        attitude.toMatrix(r);
        assertThat(r[0]).isCloseTo(0, within(1e-15));
        assertThat(r[3]).as("nose points east").isCloseTo(1, within(1e-15));
    }

    @Test
    void liftsTheNoseAtPositivePitchAndLowersTheRightSideAtPositiveRoll() {
        attitude.setEuler(0, 0.3, 0);
        attitude.toMatrix(r);
        assertThat(r[6]).as("down component of the nose").isNegative();
        attitude.setEuler(0.3, 0, 0);
        attitude.toMatrix(r);
        assertThat(r[7]).as("down component of the right side").isPositive();
    }

    @Test
    void addsUpSmallTurnsToALargeOne() {
        for (int i = 0; i < 1000; i++) {
            attitude.turnByBodyAngle(0, 0, 1e-3);
        }
        assertThat(attitude.yawRadians()).isCloseTo(1.0, within(1e-9));
        double norm =
                attitude.w * attitude.w + attitude.x * attitude.x + attitude.y * attitude.y + attitude.z * attitude.z;
        assertThat(norm).isCloseTo(1, within(1e-15));
    }

    @Test
    void comesBackFromItsMatrixAlsoWhenInverted() {
        double[][] angles = {{0.1, 0.2, 0.3}, {3.1, 0.2, -2}, {0.2, 1.5, 3}, {-3, -1.2, 0.1}, {0, 0, 3.14159}};
        for (double[] a : angles) {
            attitude.setEuler(a[0], a[1], a[2]);
            attitude.toMatrix(r);
            var back = new Attitude();
            back.setFromMatrix(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]);
            double dot = back.w * attitude.w + back.x * attitude.x + back.y * attitude.y + back.z * attitude.z;
            assertThat(Math.abs(dot)).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void refusesAQuaternionWithoutDirection() {
        assertThatIllegalArgumentException().isThrownBy(() -> attitude.set(0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> attitude.set(Double.NaN, 0, 0, 0));
    }
}
