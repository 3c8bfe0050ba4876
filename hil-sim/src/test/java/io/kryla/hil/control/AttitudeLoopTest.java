package io.kryla.hil.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.geometry.Attitude;
import org.junit.jupiter.api.Test;

class AttitudeLoopTest {
    private final AttitudeLoop loop = new AttitudeLoop();
    private final Attitude attitude = new Attitude();

    @Test
    void isContentWhenThrustAndHeadingAreRight() {
        attitude.setEuler(0, 0, 0.7);
        loop.wish(0, 0, -15, StrictMath.cos(0.7), StrictMath.sin(0.7));
        loop.update(attitude);
        assertThat(new double[] {loop.rateX, loop.rateY, loop.rateZ})
                .containsExactly(new double[] {0, 0, 0}, within(1e-12));
    }

    @Test
    void lowersTheNoseToGoNorthAndTheRightSideToGoEast() {
        loop.wish(3, 0, -15, 1, 0);
        loop.update(attitude);
        assertThat(loop.rateY).isNegative();
        loop.wish(0, 3, -15, 1, 0);
        loop.update(attitude);
        assertThat(loop.rateX).isPositive();
    }

    @Test
    void turnsTheShortWayToItsHeading() {
        attitude.setEuler(0, 0, 3.0);
        loop.wish(0, 0, -15, StrictMath.cos(-3.0), StrictMath.sin(-3.0));
        loop.update(attitude);
        assertThat(loop.rateZ).as("over south, 0.28 rad clockwise").isPositive();
    }

    @Test
    void rightsItselfFromAnyAttitude() {
        attitude.setEuler(3.0, 0, 0);
        loop.wish(0, 0, -15, 1, 0);
        loop.update(attitude);
        assertThat(loop.rateX).isEqualTo(-3.5);
    }
}
