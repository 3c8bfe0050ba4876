package io.kryla.ground.trust;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.identity.CertificateFiles;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The licensor's documents in a folder, as a line publishes them: {@code trust-bundle.dsse}, {@code crls/*.crl} and {@code
 * ledgers/*}{@code /checkpoint}. Nothing in it is believed that the root certificate does not prove, and that comes from
 * elsewhere: whoever can write to the folder can withhold newer documents, and no more.
 *
 * <p>Lists and checkpoints are read anew whenever they are asked for, so that a copy of newer ones needs no restart; a folder
 * that is broken by then fails who asks, and so refuses airframes. Any thread.
 */
public final class TrustFolder {
    private final Path folder;
    private final TrustedBundle bundle;

    private TrustFolder(Path folder, TrustedBundle bundle) {
        this.folder = folder;
        this.bundle = bundle;
    }

    /**
     * Reads and verifies all of it once.
     *
     * @param rootPem the licensor's root certificate, from where you trust it: it is what everything else is measured by
     * @throws KrylaException FILE_MISSING, FILE_UNREADABLE, FILE_MALFORMED; what is wrong with the trust bundle, such as
     *     BAD_SIGNATURE or WRONG_ROOT (protocol.md §3.3); NO_LEDGER_CHECKPOINT
     */
    public static TrustFolder open(Path folder, Path rootPem) {
        return open(folder, rootPem, OptionalLong.empty());
    }

    /**
     * As {@link #open(Path, Path)}, for who remembers the newest trust bundle.
     *
     * @param leastRevision an older trust bundle is BUNDLE_ROLLBACK
     */
    public static TrustFolder open(Path folder, Path rootPem, long leastRevision) {
        return open(folder, rootPem, OptionalLong.of(leastRevision));
    }

    private static TrustFolder open(Path folder, Path rootPem, OptionalLong leastRevision) {
        X509Certificate root = CertificateFiles.readCertificate(rootPem);
        Path file = folder.resolve("trust-bundle.dsse");
        Envelope envelope = CertificateFiles.read(file, "a signed document", TrustFolder::parse);
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(root, envelope, leastRevision);
        if (opened instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
            throw new KrylaException(
                    rejected.code().name(),
                    file + " is no trust bundle under " + rootPem + ": " + rejected.reason(),
                    false);
        }
        TrustFolder trust = new TrustFolder(folder, ((DocumentResult.Verified<TrustedBundle>) opened).document());
        trust.crls();
        trust.ledgerCheckpoint();
        return trust;
    }

    private static Optional<Envelope> parse(byte[] untrusted) {
        try {
            return Optional.of(Envelope.parseFrom(untrusted));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** As it was when the folder was opened. */
    public TrustedBundle bundle() {
        return bundle;
    }

    /**
     * Every revocation list that lies there; whoever validates a path takes the newest of its issuers.
     *
     * @throws KrylaException FILE_MISSING, FILE_UNREADABLE, FILE_MALFORMED
     */
    public List<X509CRL> crls() {
        return list(folder.resolve("crls")).stream()
                .filter(file -> file.toString().endsWith(".crl"))
                .map(CertificateFiles::readCrl)
                .collect(Collectors.toList());
    }

    /**
     * SHA-256 of the newest checkpoint, by the witnesses' clocks, that a ledger of the trust bundle signed and a quorum
     * cosigned: a flight that quotes it is not older.
     *
     * @throws KrylaException NO_LEDGER_CHECKPOINT, FILE_MISSING, FILE_UNREADABLE, FILE_MALFORMED
     */
    public Digest ledgerCheckpoint() {
        LedgerCheckpointVerifier verifier = LedgerCheckpointVerifier.of(bundle);
        Optional<Digest> newest = Optional.empty();
        Instant newestAt = Instant.MIN;
        for (Path ledger : list(folder.resolve("ledgers"))) {
            Path file = ledger.resolve("checkpoint");
            if (!Files.exists(file)) {
                continue;
            }
            SignedCheckpoint found = CertificateFiles.read(file, "a signed checkpoint", SignedCheckpoint::parse);
            if (verifier.verifyCosigned(found) instanceof CheckpointResult.Cosigned cosigned
                    && cosigned.cosignedAt().isAfter(newestAt)) {
                newest = Optional.of(Digest.sha256(found.bytes()));
                newestAt = cosigned.cosignedAt();
            }
        }
        return newest.orElseThrow(() -> new KrylaException(
                "NO_LEDGER_CHECKPOINT",
                "no checkpoint below " + folder.resolve("ledgers") + " was cosigned by " + bundle.witnessQuorum()
                        + " witnesses of the trust bundle; fetch a line's newest",
                false));
    }

    private static List<Path> list(Path subfolder) {
        try (Stream<Path> files = Files.list(subfolder)) {
            return files.sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new KrylaException(
                    Files.exists(subfolder) ? "FILE_UNREADABLE" : "FILE_MISSING",
                    subfolder + " cannot be listed: " + e.getMessage() + "; check the path",
                    true,
                    e);
        }
    }
}
