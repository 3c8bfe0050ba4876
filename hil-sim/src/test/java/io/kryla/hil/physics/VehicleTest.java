package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VehicleTest {
    private final Vehicle reference = Vehicle.reference();

    @Test
    void hoversAtThePublishedRotorSpeed() {
        assertThat(reference.hoverRotorSpeedRadiansPerSecond()).isCloseTo(802.7, within(0.1));
    }

    @Test
    void refusesNonsenseAndNamesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withMass(-1))
                .withMessageContaining("massKilograms")
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> withMass(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> withMass(30)).withMessageContaining("thrust-to-weight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Inertia(0.01, 0.01, 0.01, 0.02, 0, 0))
                .withMessageContaining("inertia");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatteryPack(
                        4, 5, 0.02, new RelaxationBranch(0, 1), new RelaxationBranch(0, 1), 165, 5, 1.5))
                .withMessageContaining("initialChargeRatio");
    }

    private Vehicle withMass(double kilograms) {
        return new Vehicle(
                "heavy",
                kilograms,
                reference.inertia(),
                reference.rotors(),
                reference.propulsion(),
                reference.rotorDisc(),
                reference.bodyDrag(),
                reference.landingGear(),
                reference.battery());
    }
}
