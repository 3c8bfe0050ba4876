package io.kryla.ground.stream;

/**
 * Verified telemetry on offer; the method that makes a publisher of it names what becomes of a subscriber that is slow.
 * Whatever that is, it is that subscriber's alone: nobody else waits for it, and the link least of all.
 *
 * <p>A stream begins with what arrives after the subscription, and ends when its flight log is closed and attested to the
 * last leaf (onComplete) or when no more of it will come (onError with a {@link TelemetryException}).
 */
public final class TelemetryStream<S> {
    /** A subscriber that may wait for more than this is better served by a recording. */
    public static final int LARGEST_BUFFER = 1 << 20;

    private final TelemetryRelay relay;
    private final TelemetryRelay.Selection<S> selection;

    TelemetryStream(TelemetryRelay relay, TelemetryRelay.Selection<S> selection) {
        this.relay = relay;
        this.selection = selection;
    }

    /** Keeps the newest sample alone: what a display needs. */
    public TelemetryPublisher<S> latest() {
        return new TelemetryPublisher<>(relay, selection, Overflow.LATEST, 1);
    }

    /**
     * Keeps the newest samples up to a number, and drops older ones; leaf indices show the gap.
     *
     * @param samples 1 to {@link #LARGEST_BUFFER}
     */
    public TelemetryPublisher<S> buffer(int samples) {
        return new TelemetryPublisher<>(relay, selection, Overflow.BUFFER, bounded(samples));
    }

    /**
     * Drops nothing: when more samples wait, the subscription ends with SLOW_SUBSCRIBER in place of those that wait.
     *
     * @param samples 1 to {@link #LARGEST_BUFFER}
     */
    public TelemetryPublisher<S> failAfter(int samples) {
        return new TelemetryPublisher<>(relay, selection, Overflow.FAIL, bounded(samples));
    }

    private static int bounded(int samples) {
        if (samples < 1 || samples > LARGEST_BUFFER) {
            throw new IllegalArgumentException("samples: 1 to " + LARGEST_BUFFER + " expected, got " + samples);
        }
        return samples;
    }
}
