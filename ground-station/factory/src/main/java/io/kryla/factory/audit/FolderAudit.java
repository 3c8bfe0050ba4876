package io.kryla.factory.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.manifest.FileFinding;
import io.kryla.factory.manifest.FileManifests;
import io.kryla.factory.manifest.FolderCheck;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import io.kryla.v1.ManifestFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Audits a published folder from the root certificate alone: documents, manifests, ledgers, then every unit.
 *
 * <p>The same folder, root and time give the same report. Hostile content is a finding, never an exception.
 */
public final class FolderAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final TrustAudit documents;
    private final List<AuditReport.AuditedLedger> ledgers = new ArrayList<>();
    private final Map<String, FileRole> roles = new TreeMap<>();

    private FolderAudit(AuditOrder order) {
        this.order = order;
        this.folder = new PublicFolder(order.folder());
        this.findings = new Findings(order.folder());
        this.documents = new TrustAudit(order, folder, findings);
    }

    /** @throws io.kryla.keys.KrylaException STORAGE_FAILED when a file cannot be read at all */
    public static AuditReport audit(AuditOrder order) {
        return new FolderAudit(order).run();
    }

    private AuditReport run() {
        Optional<TrustedBundle> bundle = documents.verify();
        if (bundle.isEmpty()) {
            return new AuditReport(0, List.of(), List.of(), findings.all());
        }
        checkManifests(bundle.get());
        for (LedgerIdentity identity : bundle.get().ledgers()) {
            documents.license(identity.line()).ifPresent(license -> {
                CapsuleTrust trust = CapsuleTrust.of(bundle.get(), license, documents.crls());
                new LedgerAudit(bundle.get(), folder, findings)
                        .verify(identity, license, documents.authorisation(identity.line()), order.knownCheckpoint())
                        .ifPresent(replayed -> checkUnits(trust, replayed));
            });
        }
        return new AuditReport(bundle.get().revision(), files(), ledgers, findings.all());
    }

    private void checkUnits(CapsuleTrust trust, LedgerAudit.Replayed replayed) {
        ledgers.add(replayed.ledger());
        UnitAudit units = new UnitAudit(order, folder, findings, trust, replayed);
        for (UnitHistory unit : replayed.replay().units()) {
            units.verify(unit);
        }
    }

    /** Every file is listed by a line or is a document of its own. */
    private void checkManifests(TrustedBundle bundle) {
        CertifiedEnvelopeVerifier stations = CertifiedEnvelopeVerifier.of(bundle, Role.STATION, documents.crls());
        List<FileManifest> manifests = new ArrayList<>();
        Set<String> shared = documents.sharedPaths();
        for (LedgerIdentity identity : bundle.ledgers()) {
            Path file = folder.manifest(identity.line());
            shared.add(findings.relative(file));
            findings.read(file)
                    .flatMap(bytes -> manifest(bytes, file, identity, stations))
                    .ifPresent(manifests::add);
        }
        for (FileFinding wrong : FolderCheck.check(order.folder(), manifests, shared)) {
            findings.add(wrong.code().name(), order.folder().resolve(wrong.path()), "whole file", wrong.reason());
        }
        for (FileManifest manifest : manifests) {
            for (ManifestFile listed : manifest.getFilesList()) {
                roles.put(listed.getPath(), listed.getRole());
            }
        }
        shared.forEach(path -> roles.put(path, FileRole.FILE_ROLE_VOUCHED));
    }

    private Optional<FileManifest> manifest(
            byte[] bytes, Path file, LedgerIdentity identity, CertifiedEnvelopeVerifier stations) {
        try {
            Envelope untrusted = Envelope.parseFrom(bytes);
            FileManifests.Result result =
                    FileManifests.verify(untrusted, identity.line(), stations, claimedTime(untrusted));
            if (result instanceof FileManifests.Result.Rejected rejected) {
                findings.add(rejected.code(), file, "signature", rejected.reason());
                return Optional.empty();
            }
            return Optional.of(((FileManifests.Result.Verified) result).manifest());
        } catch (InvalidProtocolBufferException e) {
            findings.add("MALFORMED", file, "envelope", "not a signed document");
            return Optional.empty();
        }
    }

    /** A station's certificate ends long before what it signed does; it has to have been valid at the signing. */
    private Instant claimedTime(Envelope untrusted) throws InvalidProtocolBufferException {
        Instant claimed = Instant.ofEpochSecond(
                FileManifest.parseFrom(untrusted.getPayload()).getSignedAtUnixSeconds());
        return claimed.isAfter(order.now()) ? order.now() : claimed;
    }

    private List<AuditedFile> files() {
        List<AuditedFile> files = new ArrayList<>();
        for (String path : FolderFiles.list(order.folder())) {
            FileRole role = roles.get(path);
            if (role != null) {
                files.add(new AuditedFile(
                        path,
                        standing(role),
                        FolderFiles.hash(order.folder(), path).sha256()));
            }
        }
        return files;
    }

    private static AuditedFile.Standing standing(FileRole role) {
        return switch (role) {
            case FILE_ROLE_INPUT -> AuditedFile.Standing.INPUT;
            case FILE_ROLE_DERIVED -> AuditedFile.Standing.DERIVED;
            default -> AuditedFile.Standing.VOUCHED;
        };
    }
}
