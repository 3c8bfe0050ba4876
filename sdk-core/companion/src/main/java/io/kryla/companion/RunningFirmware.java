package io.kryla.companion;

import io.kryla.airframe.FirmwareSlot;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.v1.FirmwareManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The image that runs, as a file or a block device; read in pieces, since it may be larger than the heap. Not for flashing. */
final class RunningFirmware implements FirmwareSlot {
    private final Path image;

    RunningFirmware(Path image) {
        this.image = image;
    }

    @Override
    public Digest imageSha256() {
        try (InputStream in = Files.newInputStream(image)) {
            DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return Digest.of(digested.getMessageDigest().digest());
        } catch (IOException e) {
            throw new KrylaException(
                    "FIRMWARE_UNREADABLE",
                    "firmware: " + image + " cannot be read: " + e + "; check the medium",
                    false,
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String version() {
        throw new UnsupportedOperationException("only provisioning asks for it");
    }

    @Override
    public void install(FirmwareManifest verifiedManifest) {
        throw new UnsupportedOperationException("only provisioning installs");
    }
}
