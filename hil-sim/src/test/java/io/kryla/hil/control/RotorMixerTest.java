package io.kryla.hil.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RotorMixerTest {
    private final AirframeParameters airframe = AirframeParameters.reference();
    private final RotorMixer mixer = new RotorMixer(airframe);
    private final double[] commands = new double[4];

    @Test
    void givesWhatIsAskedWhileThereIsRoom() {
        mixer.mix(15, 0.2, -0.15, 0.05, commands);
        assertThat(mixer.saturated()).isFalse();
        assertThat(effect()).containsExactly(new double[] {15, 0.2, -0.15, 0.05}, within(1e-9));
    }

    @Test
    void keepsRollAndPitchWhenThrustRunsOut() {
        mixer.mix(100, 0.5, 0.3, 0, commands);
        assertThat(mixer.saturated()).isTrue();
        assertThat(effect()[1]).isCloseTo(0.5, within(1e-9));
        assertThat(effect()[2]).isCloseTo(0.3, within(1e-9));
        assertThat(effect()[0]).isLessThan(4 * airframe.maximumRotorThrustNewtons());
    }

    @Test
    void liftsTheCollectiveRatherThanLoseRollNearZeroThrust() {
        mixer.mix(0, 0.5, 0, 0, commands);
        assertThat(effect()[1]).isCloseTo(0.5, within(1e-9));
        assertThat(effect()[0]).isPositive();
    }

    @Test
    void givesUpYawFirst() {
        mixer.mix(24, 0.3, 0.3, 2.0, commands);
        assertThat(effect()[0]).isCloseTo(24, within(1e-9));
        assertThat(effect()[1]).isCloseTo(0.3, within(1e-9));
        assertThat(effect()[2]).isCloseTo(0.3, within(1e-9));
        assertThat(effect()[3]).isLessThan(2.0).isPositive();
    }

    @Test
    void neverLeavesTheRangeOfACommand() {
        mixer.mix(1e6, 1e6, -1e6, 1e6, commands);
        for (double command : commands) {
            assertThat(command).isBetween(0.0, 1.0);
        }
    }

    /** Thrust and moments that these commands give, by the geometry itself. */
    private double[] effect() {
        double[] sum = new double[4];
        List<AirframeParameters.RotorPlace> rotors = airframe.rotors();
        for (int i = 0; i < 4; i++) {
            AirframeParameters.RotorPlace rotor = rotors.get(i);
            double thrust = commands[i] * commands[i] * airframe.maximumRotorThrustNewtons();
            sum[0] += thrust;
            sum[1] -= rotor.yFrdMeters() * thrust;
            sum[2] += rotor.xFrdMeters() * thrust;
            sum[3] += rotor.reactionAboutDown() * airframe.momentToThrustMeters() * thrust;
        }
        return sum;
    }
}
