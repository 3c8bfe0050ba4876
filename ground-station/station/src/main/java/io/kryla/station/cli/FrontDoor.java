package io.kryla.station.cli;

import io.kryla.station.outcome.Progress;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import picocli.CommandLine;

/**
 * What the world gives to a command: time, chance, and a place for progress. Everything below takes them as arguments.
 *
 * @param wallClock the machine's clock
 * @param monotonicNanos never goes backward within this process; its zero has no meaning
 * @param random for keys, nonces and challenges
 * @param progress lines for a person while the work goes on; silent with {@code --json}
 */
record FrontDoor(InstantSource wallClock, LongSupplier monotonicNanos, SecureRandom random, Progress progress) {

    static FrontDoor of(CommandLine commandLine, boolean json) {
        PrintWriter err = commandLine.getErr();
        Progress progress = json ? Progress.silent() : new TextProgress(err, System::nanoTime);
        return new FrontDoor(Clock.systemUTC(), System::nanoTime, new SecureRandom(), progress);
    }
}
