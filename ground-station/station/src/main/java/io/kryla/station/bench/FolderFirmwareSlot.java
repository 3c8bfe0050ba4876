package io.kryla.station.bench;

import io.kryla.airframe.FirmwareSlot;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.FirmwareManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A firmware slot that is a file; its programmer copies the image from where the line keeps it. */
final class FolderFirmwareSlot implements FirmwareSlot {
    private static final int LARGEST_IMAGE_BYTES = 16 << 20;

    private final Path image;
    private final Path version;
    private final Path programmer;

    /**
     * @param programmer the image that the line flashes; needed only while installing
     */
    FolderFirmwareSlot(Path folder, Path programmer) {
        this.image = folder.resolve("firmware.bin");
        this.version = folder.resolve("firmware.version");
        this.programmer = programmer;
    }

    @Override
    public Digest imageSha256() {
        return Digest.sha256(Files.exists(image) ? content(image) : new byte[0]);
    }

    @Override
    public String version() {
        return Files.exists(version) ? new String(content(version), StandardCharsets.UTF_8) : "none";
    }

    @Override
    public void install(FirmwareManifest verifiedManifest) {
        DocumentFiles.write(image, content(programmer));
        DocumentFiles.write(version, verifiedManifest.getVersion().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) > LARGEST_IMAGE_BYTES) {
                throw new KrylaException(
                        "FIRMWARE_TOO_LARGE",
                        "an image of at most " + LARGEST_IMAGE_BYTES + " bytes expected in " + file,
                        false);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
