package io.kryla.station.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or a termination signal: the command that waits for it gets time to end in good order. */
final class Interruption {
    static final Duration CLOSE = Duration.ofSeconds(8);

    private static volatile boolean ending;

    private final CountDownLatch asked = new CountDownLatch(1);

    private Interruption() {}

    /** Watches from now on, for the command on the caller's thread. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Thread command = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ending = true;
                            interruption.asked.countDown();
                            try {
                                command.join(CLOSE.toMillis());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "kryla-stop"));
        return interruption;
    }

    /** Whether the process ends already, so that {@code System.exit} would wait for itself. */
    static boolean processEnds() {
        return ending;
    }

    boolean asked() {
        return asked.getCount() == 0;
    }

    /** Waits until then or until it is asked for. */
    void await(Duration longest) {
        try {
            var unused = asked.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.countDown();
        }
    }
}
