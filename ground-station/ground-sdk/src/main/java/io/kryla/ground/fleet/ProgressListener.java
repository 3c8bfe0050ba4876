package io.kryla.ground.fleet;

/** Hears how far a command has come, on a delivery thread, one call at a time. */
@FunctionalInterface
public interface ProgressListener {
    /** @param ratio 0 to 1, more than before */
    void onProgress(double ratio, long leafIndex);
}
