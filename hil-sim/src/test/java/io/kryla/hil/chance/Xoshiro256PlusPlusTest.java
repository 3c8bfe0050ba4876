package io.kryla.hil.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class Xoshiro256PlusPlusTest {
    /** The widely published vectors of the reference implementation for the state 1, 2, 3, 4. */
    @Test
    void givesTheReferenceNumbers() {
        var generator = new Xoshiro256PlusPlus(1, 2, 3, 4);
        assertThat(new long[] {
                    generator.nextLong(),
                    generator.nextLong(),
                    generator.nextLong(),
                    generator.nextLong(),
                    generator.nextLong()
                })
                .containsExactly(
                        41943041L,
                        58720359L,
                        3588806011781223L,
                        3591011842654386L,
                        Long.parseUnsignedLong("9228616714210784205"));
    }

    /** SplitMix64 of seed 1234567, published vectors. */
    @Test
    void fillsItsStateBySplitMix64() {
        assertThat(Xoshiro256PlusPlus.splitMix64(1234567, 1)).isEqualTo(6457827717110365317L);
        assertThat(Xoshiro256PlusPlus.splitMix64(1234567, 2)).isEqualTo(3203168211198807973L);
    }

    @Test
    void refusesTheOneStateItCannotLeave() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Xoshiro256PlusPlus(0, 0, 0, 0));
    }
}
