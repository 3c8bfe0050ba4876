package io.kryla.station.cli;

import io.kryla.station.outcome.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress as lines of text, each step with the time since the start. */
final class TextProgress implements Progress {
    private final PrintWriter out;
    private final LongSupplier monotonicNanos;
    private final long startNanos;

    TextProgress(PrintWriter out, LongSupplier monotonicNanos) {
        this.out = out;
        this.monotonicNanos = monotonicNanos;
        this.startNanos = monotonicNanos.getAsLong();
    }

    @Override
    public void step(String what) {
        double seconds = (monotonicNanos.getAsLong() - startNanos) / 1e9;
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds, what);
        out.flush();
    }

    @Override
    public void detail(String what) {
        out.println("          " + what);
        out.flush();
    }
}
