package io.kryla.hil.flight;

import io.kryla.hil.physics.TrueStateView;
import io.kryla.keys.Digest;

/** Where the true states of a flight go. */
interface TruthSink extends AutoCloseable {
    /** Takes the state if its time is due: one every {@link io.kryla.hil.verdict.TruthTrack#INTERVAL_NANOS}. */
    void record(TrueStateView state);

    /** Completes the recording; the hash of its bytes. */
    Digest finish();

    /** Leaves nothing behind unless {@link #finish} was called. */
    @Override
    void close();
}
