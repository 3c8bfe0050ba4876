package io.kryla.factory.ledger;

import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Signer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what a ledger needs; {@link #open()} names what is missing. */
public final class LedgerBuilder {
    private @Nullable LedgerDatabase database;
    private @Nullable LicensedLine line;
    private @Nullable TrustedBundle bundle;
    private @Nullable Signer key;
    private @Nullable InstantSource clock;
    private final List<WitnessClient> witnesses = new ArrayList<>();

    LedgerBuilder() {}

    /** The same as {@code database(LedgerDatabase.inFolder(folder))}. */
    public LedgerBuilder folder(Path folder) {
        return database(LedgerDatabase.inFolder(folder));
    }

    public LedgerBuilder database(LedgerDatabase database) {
        this.database = database;
        return this;
    }

    public LedgerBuilder line(LicensedLine line) {
        this.line = line;
        return this;
    }

    /** Pairs the line with its ledger's origin and key, and names the witnesses. */
    public LedgerBuilder trust(TrustedBundle bundle) {
        this.bundle = bundle;
        return this;
    }

    /** The ledger's Ed25519 key; the trust bundle must name it. */
    public LedgerBuilder key(Signer key) {
        this.key = key;
        return this;
    }

    public LedgerBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** One way to one witness; call it again for each further witness. */
    public LedgerBuilder witness(WitnessClient witness) {
        witnesses.add(witness);
        return this;
    }

    /**
     * Opens the ledger, makes it if there is none, and verifies what it finds.
     *
     * @throws LedgerException LEDGER_BUSY, LEDGER_CORRUPT, LEDGER_FOREIGN, LEDGER_DENIED, LEDGER_UNREACHABLE,
     *     STORAGE_FULL, STORAGE_NOT_DURABLE, STORAGE_READ_ONLY
     */
    public LineLedger open() {
        LedgerConfiguration configuration = new LedgerConfiguration(
                required("database", database),
                required("line", line),
                required("trust", bundle),
                required("key", key),
                required("clock", clock),
                List.copyOf(witnesses));
        requireNamedInBundle(configuration);
        return LineLedger.open(configuration);
    }

    private static void requireNamedInBundle(LedgerConfiguration configuration) {
        Optional<LedgerIdentity> named = configuration
                .bundle()
                .ledger(configuration.line().ledgerOrigin())
                .filter(ledger -> ledger.line().equals(configuration.line().line()))
                .filter(ledger -> ledger.key().equals(configuration.key().key()));
        if (named.isEmpty()) {
            throw new IllegalArgumentException("trust: a bundle that names ledger "
                    + configuration.line().ledgerOrigin() + " of line "
                    + configuration.line().line() + " with this key expected");
        }
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }

    /** What the builder collected. */
    record LedgerConfiguration(
            LedgerDatabase database,
            LicensedLine line,
            TrustedBundle bundle,
            Signer key,
            InstantSource clock,
            List<WitnessClient> witnesses) {}
}
