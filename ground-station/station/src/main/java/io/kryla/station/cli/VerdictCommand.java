package io.kryla.station.cli;

import io.kryla.station.flight.VerdictCheck;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla verdict}. */
@Command(
        name = "verdict",
        description = "Recompute a flight's verdict from its recordings, to the same bytes.",
        mixinStandardHelpOptions = true)
final class VerdictCommand extends KrylaCommand {
    @Parameters(paramLabel = "FLIGHT", description = "A flight.mcap.")
    @SuppressWarnings("NullAway.Init") // required
    private Path flight;

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "The plan that was flown.")
    @SuppressWarnings("NullAway.Init") // required
    private Path plan;

    @Option(
            names = "--vehicle",
            paramLabel = "FILE",
            description = "The vehicle that was flown (default: vehicle.yaml beside the flight, if it is there).")
    private @Nullable Path vehicle;

    @Option(names = "--acceptance", paramLabel = "FILE", description = "Default: acceptance.dsse beside the flight.")
    private @Nullable Path acceptance;

    @Option(names = "--truth", paramLabel = "FILE", description = "Default: truth.mcap beside the flight.")
    private @Nullable Path truth;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description =
                    "The licensor's root certificate, PEM (default: root.pem of the folder that holds the flight).")
    private @Nullable Path root;

    @Override
    CommandResult run(FrontDoor door) {
        if (vehicle != null) {
            DocumentFiles.requireFile(vehicle);
        }
        VerdictCheck check = new VerdictCheck(
                flight,
                plan,
                sibling(vehicle, "vehicle.yaml"),
                sibling(acceptance, "acceptance.dsse"),
                sibling(truth, "truth.mcap"),
                sibling(null, "verdict.json"));
        return check.run(
                DocumentFiles.readCertificate(rootFile()), door.wallClock().instant());
    }

    private Path sibling(@Nullable Path given, String name) {
        return given != null ? given : flight.toAbsolutePath().resolveSibling(name);
    }

    /** Given, or in one of the folders above the flight. */
    private Path rootFile() {
        if (root != null) {
            return root;
        }
        for (Path folder = flight.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("root.pem"))) {
                return folder.resolve("root.pem");
            }
        }
        throw CommandFailure.usage(
                "ROOT_MISSING", "no root.pem in the folders above", flight.toString(), "name it with --root");
    }
}
