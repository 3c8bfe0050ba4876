package io.kryla.bench.sim;

import io.kryla.hil.flight.Pacer;
import io.kryla.hil.verdict.Outcome;
import io.kryla.station.flight.FlownFlight;
import io.kryla.station.outcome.Progress;
import io.kryla.station.rig.RigFlight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The handover plan as {@code kryla sim plan} flies it: agent, TLS session, signed telemetry over UDP, both recordings, verdict
 * and report.
 */
final class WholeFlight {
    private WholeFlight() {}

    /** Flight time over wall time, the best of several: what disturbs only ever adds. The first ones warm up. */
    static double timesRealTime(int flights) throws IOException {
        Path folder = Files.createTempDirectory("kryla-bench");
        try {
            double best = 0;
            for (int i = 0; i < flights; i++) {
                FlownFlight flown = RigFlight.of(
                                Optional.empty(), Optional.empty(), 1, "bench", folder.resolve("out"), true)
                        .fly(
                                Clock.systemUTC(),
                                System::nanoTime,
                                new SecureRandom(),
                                Progress.silent(),
                                Pacer.unpaced());
                if (flown.verdict().outcome() != Outcome.PASS) {
                    throw new IOException("the flight that is measured ended with "
                            + flown.verdict().outcome());
                }
                best = Math.max(best, (double) flown.flightNanos() / flown.wallNanos());
            }
            return best;
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
