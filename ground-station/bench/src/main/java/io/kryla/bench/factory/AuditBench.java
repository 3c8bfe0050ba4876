package io.kryla.bench.factory;

import com.sun.management.OperatingSystemMXBean;
import io.kryla.factory.license.SerialSpace;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.station.line.Premises;
import io.kryla.station.trial.TrialLeaves;
import io.kryla.station.trial.TrialLine;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.Cosigner;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileResult;
import io.kryla.tlog.TileSource;
import io.kryla.tlog.TileWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A published ledger of many births: read from its tiles, hashed, compared, and replayed by the rules. */
final class AuditBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** For each second of CPU time of the whole process; the best of several repeats, since what disturbs only ever adds. */
    record Rates(double leaves, double signatures) {}

    private final Path ledger;
    private final VerifiedLicense license;
    private final SignedCheckpoint signed;
    private final Premises premises;

    private AuditBench(Path folder, int leaves) throws IOException {
        TrialLine line = TrialLine.found(folder, Optional.empty(), leaves, Clock.systemUTC(), new SecureRandom());
        this.premises = line.premises();
        this.ledger = folder.resolve("tiles");
        this.license = line.license();
        String origin = license.content().getLedgerOrigin();
        SerialSpace space = SerialSpace.of(license.content().getSerialPrefix());
        MerkleTree tree = new MerkleTree();
        List<byte[]> entries = new ArrayList<>();
        long now = Instant.now().toEpochMilli();
        for (int unit = 1; unit <= leaves; unit++) {
            byte[] leaf = TrialLeaves.born(
                            license.content(), space.serial(unit), digest("key " + unit), digest("hardware " + unit))
                    .toBuilder()
                    .setRecordedAtUnixMillis(now)
                    .build()
                    .toByteArray();
            tree.append(MerkleTree.leafHash(leaf));
            entries.add(leaf);
        }
        Signer key = premises.keys().read(premises.privateFolder().line("DE-01").key("ledger"));
        Signer witness = premises.keys().read(premises.privateFolder().licensorKey("witness"));
        Checkpoint checkpoint = new Checkpoint(origin, leaves, tree.root());
        this.signed = SignedCheckpoint.sign(checkpoint, NoteSigner.of(origin, key))
                .with(Cosigner.of(premises.bundle().witnesses().get(0).name(), witness)
                        .cosign(checkpoint, Instant.now()));
        TileWriter.into(ledger).export(signed, tree, index -> entries.get((int) index));
    }

    static Rates measure(Path folder, int leaves, int repeats) throws IOException {
        AuditBench bench = new AuditBench(folder, leaves);
        double best = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            long begun = SYSTEM.getProcessCpuTime();
            bench.audit(leaves);
            best = Math.max(best, leaves * 1e9 / (SYSTEM.getProcessCpuTime() - begun));
        }
        return new Rates(best, bench.signatures(leaves / 10, repeats));
    }

    private void audit(int expected) throws IOException {
        LedgerReplay replay = new LedgerReplay(license.content().getLedgerOrigin());
        replay.admit(license);
        List<byte[]> leaves = new ArrayList<>();
        TileResult result = TileReader.of(TileSource.folder(ledger)).read((index, leaf) -> leaves.add(leaf));
        leaves.forEach(replay::append);
        if (!(result instanceof TileResult.Complete) || !replay.findings().isEmpty() || replay.size() != expected) {
            throw new IllegalStateException("the measured ledger holds: " + result);
        }
    }

    /** A checkpoint has two: the ledger's and the witness's. */
    private double signatures(int count, int repeats) {
        LedgerCheckpointVerifier verifier = LedgerCheckpointVerifier.of(premises.bundle());
        double best = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            long begun = SYSTEM.getProcessCpuTime();
            for (int i = 0; i < count; i += 2) {
                if (!(verifier.verifyCosigned(signed) instanceof CheckpointResult.Cosigned)) {
                    throw new IllegalStateException("the measured checkpoint does not verify");
                }
            }
            best = Math.max(best, count * 1e9 / (SYSTEM.getProcessCpuTime() - begun));
        }
        return best;
    }

    private static Digest digest(String word) {
        return Digest.sha256(word.getBytes(StandardCharsets.US_ASCII));
    }
}
