package io.kryla.station.cli;

import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.PinFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A person's key and what opens it. */
final class KeyOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The key: a file, or a token as pkcs11:slot-id=N;object=NAME?module-path=LIBRARY.")
    @SuppressWarnings("NullAway.Init") // required
    private String key;

    @Option(names = "--pin-file", paramLabel = "FILE", required = true, description = "File with its PIN, mode 600.")
    @SuppressWarnings("NullAway.Init") // required
    private Path pinFile;

    KeyPlace place(String nameInToken) {
        return KeyPlace.parse(key, nameInToken);
    }

    char[] pin() {
        return PinFile.read(pinFile);
    }
}
