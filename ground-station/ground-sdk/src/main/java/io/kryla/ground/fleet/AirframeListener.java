package io.kryla.ground.fleet;

/**
 * Hears of every flight log that begins to arrive. Called on the airframe's worker thread before its first record is
 * taken, so that a subscription or recorder attached here misses nothing; must not block for long.
 */
@FunctionalInterface
public interface AirframeListener {
    /** Called once a session, after airframe and birth were proven, on a delivery thread. */
    void onAirframe(AirframeLink airframe);
}
