package io.kryla.hil.verdict;

/**
 * How far the flight came: a plan is flown only when every action was completed and the airframe ended disarmed.
 *
 * @param completed actions that the airframe reported as completed
 * @param remark the first action that was not completed and why, or how the flight ended; empty when all went well
 */
public record Course(int actions, int completed, boolean endedDisarmed, String remark) {
    public Outcome outcome() {
        return completed == actions && endedDisarmed ? Outcome.PASS : Outcome.FAIL;
    }
}
