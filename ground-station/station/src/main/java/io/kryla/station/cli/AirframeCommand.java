package io.kryla.station.cli;

import io.kryla.hil.physics.Site;
import io.kryla.radio.SerialRadio;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.flight.FreeAirframe;
import io.kryla.station.flight.WayToGround;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla airframe}. */
@Command(
        name = "airframe",
        description = "Keep a provisioned simulated airframe alive at real time; it obeys its owner's ground.",
        mixinStandardHelpOptions = true)
final class AirframeCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of a demo; its first unit, unless --unit says.")
    private Path folder = Path.of("kryla-demo");

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "Unit of the demo by line and slot (default: DE-01-1).")
    private String unit = "DE-01-1";

    @Option(
            names = "--storage",
            paramLabel = "DIR",
            description = "The unit's own folder instead of a demo: all that an airframe knows.")
    private @Nullable Path storage;

    @Option(
            names = "--ground",
            paramLabel = "HOST:PORT",
            description = "Ground to connect to, again and again (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:14700")
    @SuppressWarnings("NullAway.Init") // has a default
    private String ground;

    @Option(
            names = "--serial",
            paramLabel = "DEVICE[:BAUD]",
            description = "Serial radio that leads to the ground, instead of --ground (57600 baud unless said).")
    private @Nullable String serial;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so much flight time (default: never).")
    private long seconds = Long.MAX_VALUE / 1_000_000_000L;

    @Override
    CommandResult run(FrontDoor door) {
        if (serial == null) {
            WayToGround network = new WayToGround.Network(HostAndPort.parse(ground));
            return fly(door, network, ground);
        }
        SerialLine line = SerialLine.parse(serial);
        try (SerialRadio radio =
                SerialRadio.ofAirframe(line.port(), line.settings(), door.monotonicNanos(), door.random())) {
            return fly(door, new WayToGround.Line(radio), line.device());
        }
    }

    private CommandResult fly(FrontDoor door, WayToGround way, String where) {
        SimulatedBoard board = SimulatedBoard.open(boardFolder(), door.random());
        Interruption interruption = Interruption.watch();
        door.progress().step("Airframe " + unit + " looks for its ground at " + where + "; Ctrl-C ends it");
        long records = new FreeAirframe(board, Site.reference(), way, door.wallClock(), door.monotonicNanos())
                .fly(seconds, interruption::asked, door.progress());
        return CommandResult.pass(
                List.of("Flight log closed after " + records + " records"), List.of(), Map.of("records", records));
    }

    private Path boardFolder() {
        Path board = storage != null
                ? storage
                : PrivateFolder.beside(folder).airframes().resolve(unit);
        if (!Files.isDirectory(board)) {
            throw CommandFailure.usage(
                    "UNIT_UNKNOWN",
                    "no such unit",
                    board.toString(),
                    "name one with --unit, or its folder with --storage");
        }
        return board;
    }
}
