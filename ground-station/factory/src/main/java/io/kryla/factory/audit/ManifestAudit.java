package io.kryla.factory.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.manifest.FileManifests;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A line's signed list of its files, and the certificate of the station that signs for the line. */
final class ManifestAudit {
    /** By how much the clocks of a line and its witnesses may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final TrustedBundle bundle;
    private final CrlSet crls;

    ManifestAudit(
            AuditOrder order,
            PublicFolder folder,
            Findings findings,
            FileAccounts accounts,
            TrustedBundle bundle,
            CrlSet crls) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
        this.bundle = bundle;
        this.crls = crls;
    }

    /** Who signed the list; whether it is right is for later to say. */
    Optional<FileManifest> open(String line) {
        Path file = folder.manifest(line);
        accounts.enterShared(file);
        Optional<Envelope> untrusted = findings.readExactly(file, Envelope.parser(), "a signed document");
        if (untrusted.isEmpty()) {
            return Optional.empty();
        }
        Instant claimed = claimedTime(untrusted.get());
        CertifiedEnvelopeVerifier station =
                CertifiedEnvelopeVerifier.of(bundle, Role.STATION, crls).ofLine(line);
        FileManifests.Result result = FileManifests.verify(untrusted.get(), line, station, claimed);
        if (result instanceof FileManifests.Result.Rejected rejected) {
            findings.add(rejected.code(), file, "signature", rejected.reason());
            return Optional.empty();
        }
        checkStationFile(line, claimed);
        return Optional.of(((FileManifests.Result.Verified) result).manifest());
    }

    /** A list cannot have been signed before the checkpoint that is in it, nor after the audit. */
    void checkTime(FileManifest manifest, Instant cosignedAt) {
        Instant signedAt = Instant.ofEpochSecond(manifest.getSignedAtUnixSeconds());
        if (signedAt.isBefore(cosignedAt.minus(CLOCK_DIFFERENCE))
                || signedAt.isAfter(order.now().plus(CLOCK_DIFFERENCE))) {
            findings.add(
                    AuditCode.MANIFEST_TIME,
                    folder.manifest(manifest.getLine()),
                    "signed_at_unix_seconds",
                    "signed between " + cosignedAt + " and " + order.now() + " expected, got " + signedAt);
        }
    }

    /** A station's certificate ends long before what it signed does; it has to have been valid at the signing. */
    private Instant claimedTime(Envelope untrusted) {
        try {
            long seconds = FileManifest.parseFrom(untrusted.getPayload()).getSignedAtUnixSeconds();
            long bounded = Math.max(0, Math.min(seconds, order.now().getEpochSecond()));
            return Instant.ofEpochSecond(bounded);
        } catch (InvalidProtocolBufferException e) {
            return order.now();
        }
    }

    private void checkStationFile(String line, Instant at) {
        Path file = folder.stationChain(line);
        accounts.enter(line, file, Standing.VOUCHED);
        Optional<byte[]> pem = findings.read(file);
        if (pem.isEmpty()) {
            return;
        }
        Optional<CertificateChain> chain = PemFile.chain(pem.get());
        if (chain.isEmpty()) {
            findings.add(AuditCode.MALFORMED, file, "whole file", "not a chain in PEM as Kryla writes it");
            return;
        }
        PathResult path = PathValidator.of(bundle.root()).validateRole(chain.get(), Role.STATION, bundle, at, crls);
        if (path instanceof PathResult.Rejected rejected) {
            findings.add(rejected.code().name(), file, "chain", rejected.reason());
        } else if (!((PathResult.Valid) path).holder().unit().equals(Optional.of(line))) {
            findings.add(AuditCode.NAME, file, "subject", "a station of line " + line + " expected");
        }
    }
}
