package io.kryla.station.cli;

import io.kryla.factory.witness.Witness;
import io.kryla.station.http.WitnessServer;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.tlog.TileSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla witness serve}. */
@Command(
        name = "serve",
        description =
                "Be a witness: replay what lines send, cosign what keeps the rules, decline the rest. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class WitnessServeCommand extends KrylaCommand {
    private static final long A_LIFETIME_SECONDS = Duration.ofDays(36_500).toSeconds();
    private static final String SLOWEST_REQUEST_SECONDS = "30";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder with root.pem and trust-bundle.dsse; state and key lie in DIR.private.")
    private Path folder = Path.of("kryla-demo");

    @Option(
            names = "--published",
            paramLabel = "DIR",
            description = "Where the leaves of checkpoints are read that come without them (default: --dir).")
    private @Nullable Path published;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address to answer at; port 0 takes a free one (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:14900")
    @SuppressWarnings("NullAway.Init") // has a default
    private String listen;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds (default: never).")
    private long seconds = A_LIFETIME_SECONDS;

    @Override
    CommandResult run(FrontDoor door) {
        if (seconds < 1 || seconds > A_LIFETIME_SECONDS) {
            throw CommandFailure.usage(
                    "USAGE", "seconds out of range", "--seconds " + seconds, "give 1 to " + A_LIFETIME_SECONDS);
        }
        // Read by the server when its first class is loaded: who sends slowly must not hold its threads.
        System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_REQUEST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_REQUEST_SECONDS);
        Premises premises = Premises.open(folder, door.wallClock(), door.random());
        AtomicInteger faults = new AtomicInteger();
        Interruption interruption = Interruption.watch();
        try (Witness witness = premises.openWitness();
                WitnessServer server = WitnessServer.start(
                        witness,
                        TileSource.folder(published != null ? published : folder),
                        HostAndPort.toListenAt(listen),
                        fault -> {
                            faults.incrementAndGet();
                            synchronized (door) {
                                door.progress()
                                        .detail(Failures.of(fault).code() + ": "
                                                + Failures.of(fault).what());
                            }
                        })) {
            door.progress()
                    .step("Witness " + witness.name() + " answers at "
                            + server.boundAddress().getHostString() + ":"
                            + server.boundAddress().getPort() + "; Ctrl-C ends it");
            interruption.await(Duration.ofSeconds(seconds));
            return CommandResult.pass(
                    List.of("Witness " + witness.name() + " ended; " + faults.get() + " faults of its own"),
                    List.of(),
                    Map.of("witness", witness.name(), "faults", faults.get()));
        }
    }
}
