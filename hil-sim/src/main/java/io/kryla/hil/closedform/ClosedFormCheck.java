package io.kryla.hil.closedform;

/**
 * One value of the simulator beside the value that a closed form or a published table gives for it.
 *
 * @param subject what is looked at, such as the flight that was flown
 * @param quantity of it
 * @param unit of expected and measured; 1 for a ratio or a count
 * @param tolerance how far they may lie apart, in the unit
 * @param source where the expected value is from
 */
public record ClosedFormCheck(
        String subject,
        String quantity,
        String unit,
        double expected,
        double measured,
        double tolerance,
        String source) {

    public ClosedFormCheck {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance: not negative expected, got " + tolerance);
        }
    }

    /** A value that is not a number holds nowhere. */
    public boolean holds() {
        return Math.abs(measured - expected) <= tolerance;
    }
}
