package io.kryla.radio.stream;

/**
 * How a simulated line treats frames; probabilities are of one frame.
 *
 * @param baud ten bits a byte; 0: as fast as can be
 * @param latencyNanos from the last bit out to the last bit in
 * @param loss it vanishes
 * @param corruption one to four of its bits flip
 * @param duplication it arrives twice
 * @param reordering it arrives after the one behind it
 * @param halfDuplex only one end can send at a time
 */
public record LineConditions(
        int baud,
        long latencyNanos,
        double loss,
        double corruption,
        double duplication,
        double reordering,
        boolean halfDuplex) {
    /** 57,600 baud and 30 ms each way. */
    public static LineConditions radio(double loss) {
        return new LineConditions(57_600, 30_000_000L, loss, 0, 0, 0, false);
    }

    public LineConditions sharedByBothDirections() {
        return new LineConditions(baud, latencyNanos, loss, corruption, duplication, reordering, true);
    }

    public LineConditions with(double corrupted, double duplicated, double reordered) {
        return new LineConditions(baud, latencyNanos, loss, corrupted, duplicated, reordered, halfDuplex);
    }

    long airtimeNanos(int bytes) {
        return baud == 0 ? 1 : bytes * 10L * 1_000_000_000L / baud;
    }
}
