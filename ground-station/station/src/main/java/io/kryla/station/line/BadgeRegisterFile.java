package io.kryla.station.line;

import io.kryla.factory.operators.BadgeRegister;
import io.kryla.factory.operators.BadgeStore;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.station.folder.DocumentFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** The badge register as a signed file in a line's private folder; a lock beside it lets one process change it at a time. */
final class BadgeRegisterFile implements BadgeStore {
    /** Within this process: a file's lock holds others off, not the own threads. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final String line;
    private final TrustedBundle bundle;
    private final TlsIdentity station;
    private final InstantSource clock;
    private final List<java.security.cert.X509CRL> crls;

    BadgeRegisterFile(
            Path file,
            String line,
            TrustedBundle bundle,
            List<java.security.cert.X509CRL> crls,
            TlsIdentity station,
            InstantSource clock) {
        this.file = file;
        this.line = line;
        this.bundle = bundle;
        this.crls = List.copyOf(crls);
        this.station = station;
        this.clock = clock;
    }

    @Override
    public BadgeRegister read() {
        if (!Files.exists(file)) {
            return BadgeRegister.empty(line);
        }
        Instant now = clock.instant();
        return Premises.verified(
                BadgeRegister.open(
                        DocumentFiles.readEnvelope(file), line, bundle, new CrlSet(crls, CrlProfile.FIELD, now), now),
                file);
    }

    @Override
    public BadgeRegister change(UnaryOperator<BadgeRegister> change) {
        synchronized (ONE_AT_A_TIME) {
            Path lockFile = file.resolveSibling("." + file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IllegalStateException("a lock just taken is valid");
                }
                BadgeRegister known = read();
                BadgeRegister changed = change.apply(known);
                if (changed == known) {
                    return known;
                }
                DocumentFiles.write(file, changed.sign(station, clock.instant()));
                return read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
