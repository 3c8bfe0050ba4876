package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * What is wrong with one channel of a sensor. Several at once act in the order scale, offset, noise, limit; a stuck channel
 * shows none of it.
 */
public sealed interface AxisDefect {

    /** It repeats the last value it gave before the defect (its first value, if it never gave one). */
    record Stuck() implements AxisDefect {}

    /** A constant is added, in the channel's own SI unit. */
    record Offset(double amount) implements AxisDefect {
        public Offset {
            Quantity.finite("amount", amount);
        }
    }

    /** The value is multiplied. */
    record Scaled(double factor) implements AxisDefect {
        public Scaled {
            Quantity.finite("factor", factor);
        }
    }

    /** White noise is added to each sample, of this standard deviation in the channel's own SI unit. */
    record Noisy(double sigma) implements AxisDefect {
        public Noisy {
            Quantity.nonNegative("sigma", sigma);
        }
    }

    /** The value cannot leave ± this, in the channel's own SI unit. */
    record Limited(double range) implements AxisDefect {
        public Limited {
            Quantity.nonNegative("range", range);
        }
    }
}
