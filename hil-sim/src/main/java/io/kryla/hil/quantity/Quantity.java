package io.kryla.hil.quantity;

/** Refuses a parameter that is not a number, or outside what its meaning allows; the error names it and its value. */
public final class Quantity {
    private Quantity() {}

    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number, found " + value);
        }
        return value;
    }

    public static double positive(String name, double value) {
        if (!(finite(name, value) > 0)) {
            throw new IllegalArgumentException(name + " must be greater than 0, found " + value);
        }
        return value;
    }

    public static double nonNegative(String name, double value) {
        if (!(finite(name, value) >= 0)) {
            throw new IllegalArgumentException(name + " must not be negative, found " + value);
        }
        return value;
    }

    /** @return the value, which lies in [0, 1] */
    public static double ratio(String name, double value) {
        return within(name, value, 0, 1);
    }

    public static double within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must lie in [" + least + ", " + most + "], found " + value);
        }
        return value;
    }
}
