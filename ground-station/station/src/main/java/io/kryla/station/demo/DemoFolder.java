package io.kryla.station.demo;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** A finished demonstration that work goes on in. */
public final class DemoFolder {
    private DemoFolder() {}

    /** @throws CommandFailure NOT_A_DEMO */
    public static Premises open(Path folder, InstantSource clock, SecureRandom random) {
        PublicFolder publicFolder = new PublicFolder(folder.toAbsolutePath().normalize());
        PrivateFolder privateFolder = PrivateFolder.beside(folder);
        if (!Files.exists(publicFolder.summary()) || !Files.exists(privateFolder.passphrase())) {
            throw CommandFailure.usage(
                    "NOT_A_DEMO",
                    "no finished demo with its private folder",
                    folder.toString(),
                    "make one with: kryla demo --dir " + folder);
        }
        return Premises.of(publicFolder, privateFolder, clock, random);
    }
}
