package io.kryla.hil.flight;

/**
 * What is wrong with the way from the ground to the airframe. The way back is left alone: what an airframe says while
 * nobody hears it is kept and sent later.
 *
 * @param lost nothing arrives, commands least of all
 * @param silent the ground gives no sign of life of its own; a command still arrives, and is one
 * @param latencyNanos all arrives so late
 */
record LinkFaults(boolean lost, boolean silent, long latencyNanos) {
    static final LinkFaults NONE = new LinkFaults(false, false, 0);
}
