package io.kryla.station.cli;

import io.kryla.station.folder.BenchKeys;
import io.kryla.station.keys.PinFile;
import io.kryla.station.licensor.LicensorHouse;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which licensor's folder, and what opens its keys. */
final class LicensorOptions {
    @Option(names = "--dir", paramLabel = "DIR", description = "The licensor's folder.")
    private Path folder = Path.of("kryla-licensor");

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "File with the PIN of the keys of root and design CA, mode 600; needed when they sign.")
    private @Nullable Path pinFile;

    Path folder() {
        return folder;
    }

    LicensorHouse open(FrontDoor door) {
        return LicensorHouse.open(folder, door.wallClock(), door.random());
    }

    /** @throws CommandFailure PIN_NEEDED */
    BenchKeys keys(FrontDoor door) {
        if (pinFile == null) {
            throw CommandFailure.usage(
                    "PIN_NEEDED",
                    "the keys of root and design CA are needed, which a PIN opens",
                    folder.toString(),
                    "give the PIN with --pin-file FILE");
        }
        char[] pin = PinFile.read(pinFile);
        try {
            return BenchKeys.underPin(pin, door.random());
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
