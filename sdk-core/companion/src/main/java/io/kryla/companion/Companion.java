package io.kryla.companion;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.keys.KrylaException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The program. Reads samples of a flight controller from standard input and writes commands to standard output, both as
 * docs/device.md says, until the input ends or the process is asked to.
 *
 * <p>Exit status: 0 after the log is closed; 2 wrong settings; 3 the board, its storage or the flight controller. Errors are one
 * line on standard error: code, what, what to do.
 */
public final class Companion {
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);
    private static final int WRONG_USE = 2;
    private static final int BROKEN_WORLD = 3;

    private Companion() {}

    public static void main(String[] arguments) {
        AtomicBoolean asked = new AtomicBoolean();
        endInGoodOrder(asked, Thread.currentThread());
        int status = status(arguments, asked);
        if (asked.get()) {
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }

    private static int status(String[] arguments, AtomicBoolean asked) {
        try {
            run(settings(arguments), asked);
            return 0;
        } catch (KrylaException e) {
            say(e.code() + ": " + e.getMessage());
            return e.code().startsWith("SETTINGS_") ? WRONG_USE : BROKEN_WORLD;
        }
    }

    private static Settings settings(String[] arguments) {
        if (arguments.length != 1) {
            throw new KrylaException("SETTINGS_MISSING", "one argument expected: the file of settings", false);
        }
        return Settings.read(Path.of(arguments[0]));
    }

    private static void run(Settings settings, AtomicBoolean asked) {
        long started = System.nanoTime();
        try (AirframeAgent agent = settings.agent(new SecureRandom(), Clock.systemUTC(), System::nanoTime)) {
            say(agent.serial() + " boot " + agent.boot());
            FlightController controller = FlightController.on(System.in, new FileOutputStream(FileDescriptor.out));
            Flight flight = new Flight(agent, controller, () -> System.nanoTime() - started, Companion::sayFirstSigned);
            ClosedLog log = flight.fly(asked::get, TIME_TO_CLOSE);
            say("flight log closed with " + log.head().size() + " records"
                    + (log.acknowledged() ? "" : ", not all acknowledged by a ground"));
        }
    }

    /** To the resolution of the system's idea of when a process began, which is 10 ms on Linux. */
    private static void sayFirstSigned() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(start -> say("first sample signed "
                        + Duration.between(start, Instant.now()).toMillis() + " ms after the process started"));
    }

    private static void endInGoodOrder(AtomicBoolean asked, Thread flight) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.set(true);
                            try {
                                flight.join(TIME_TO_CLOSE.multipliedBy(2).toMillis());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "kryla-stop"));
    }

    private static void say(String line) {
        System.err.println("companion: " + line);
    }
}
