package io.kryla.station.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * The private side of a folder: keys (encrypted, mode 0600), databases, and the storage of witness and airframes. Never
 * part of what is handed on.
 */
public record PrivateFolder(Path root) {

    /** Beside {@code publicRoot}, its name with {@code .private} behind it. */
    public static PrivateFolder beside(Path publicRoot) {
        Path absolute = publicRoot.toAbsolutePath().normalize();
        return new PrivateFolder(absolute.resolveSibling(absolute.getFileName() + ".private"));
    }

    /** Makes the folder, for its owner only; does nothing if it is there. */
    public void create() {
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens every key file of a bench folder. */
    public Path passphrase() {
        return root.resolve("passphrase");
    }

    public Path licensorKey(String name) {
        return root.resolve("licensor").resolve(name + ".key");
    }

    public Path witness() {
        return root.resolve("witness");
    }

    /** The firmware image that a programmer flashes. */
    public Path firmwareImage() {
        return root.resolve("firmware").resolve("image.bin");
    }

    public LineFiles line(String line) {
        return new LineFiles(root.resolve("lines").resolve(line));
    }

    /** Key and chain of a party other than the licensor and the lines: a centre, an end user, an officer. */
    public PartyFiles party(String id) {
        return new PartyFiles(root.resolve("parties").resolve(id));
    }

    /** The storage of one airframe, by the number of the bench slot that it was born in. */
    public Path airframe(String line, int slot) {
        return root.resolve("airframes").resolve(line + "-" + slot);
    }

    public Path airframes() {
        return root.resolve("airframes");
    }

    /** What a line keeps to itself. */
    public record LineFiles(Path folder) {
        /** Database of the ledger; one process at a time. */
        public Path ledger() {
            return folder.resolve("ledger");
        }

        public Path key(String role) {
            return folder.resolve(role + ".key");
        }

        public Path chain(String role) {
            return folder.resolve(role + ".pem");
        }

        /** A revision of the line's license; the newest is in the public folder too. */
        public Path licenseRevision(long revision) {
            return folder.resolve("licenses").resolve(String.format(Locale.ROOT, "%06d.dsse", revision));
        }

        /** Which badges there are, whose and for what; see {@code factory.operators}. */
        public Path badges() {
            return folder.resolve("badges.dsse");
        }
    }

    /** Key and certificate chain of one party. */
    public record PartyFiles(Path folder) {
        public Path key(String role) {
            return folder.resolve(role + ".key");
        }

        public Path chain(String role) {
            return folder.resolve(role + ".pem");
        }
    }
}
