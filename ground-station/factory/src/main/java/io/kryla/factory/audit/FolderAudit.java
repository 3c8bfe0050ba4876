package io.kryla.factory.audit;

import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.license.SerialSpace;
import io.kryla.factory.manifest.FileFinding;
import io.kryla.factory.manifest.FolderCheck;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.FileManifest;
import io.kryla.v1.ManifestFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Audits a published folder from the root certificate alone (docs/audit.md): documents, authorities, manifests, ledgers,
 * then every unit, and at last whether every file of the folder was among what was proven.
 *
 * <p>The same folder, root and time give the same report. Hostile content is a finding, never an exception.
 */
public final class FolderAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final TrustAudit documents;
    private final List<AuditReport.AuditedLedger> ledgers = new ArrayList<>();
    private final Map<String, FileManifest> manifests = new TreeMap<>();
    private final SortedMap<String, LedgerReplay> replays = new TreeMap<>();
    /** What could not be compared, since what it would be compared with is not proven. */
    private final Set<String> unproven = new TreeSet<>();

    private FolderAudit(AuditOrder order) {
        this.order = order;
        this.folder = new PublicFolder(order.folder());
        this.findings = new Findings(order.folder());
        this.accounts = new FileAccounts(findings);
        this.documents = new TrustAudit(order, folder, findings, accounts);
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
        AuthorityAudit authorities = new AuthorityAudit(bundle.get(), folder, findings, accounts);
        authorities.verify();
        // FIELD: births and flights are of any age, and so are the last known lists.
        CrlSet crls = new CrlSet(authorities.crls(), CrlProfile.FIELD, order.now());
        ManifestAudit lists = new ManifestAudit(order, folder, findings, accounts, bundle.get(), crls);
        List<LedgerIdentity> lines = bundle.get().ledgers().stream()
                .sorted(Comparator.comparing(LedgerIdentity::line))
                .toList();
        lines.forEach(line -> lists.open(line.line()).ifPresent(list -> manifests.put(line.line(), list)));
        for (FileFinding wrong : FolderCheck.check(order.folder(), manifests.values(), accounts.shared())) {
            findings.add(wrong.code().name(), wrong.path(), "whole file", wrong.reason());
        }
        accounts.enter(lines.get(0).line(), folder.summary(), Standing.DERIVED);
        Optional<SignedCheckpoint> known = known(bundle.get());
        for (LedgerIdentity line : lines) {
            auditLine(bundle.get(), authorities, crls, line, known).ifPresent(ledger -> {
                ledgers.add(ledger);
                Optional.ofNullable(manifests.get(line.line()))
                        .ifPresent(list -> lists.checkTime(list, ledger.cosignedAt()));
            });
        }
        compareSummary(lines.size());
        for (AuditReport.AuditedLedger ledger : ledgers) {
            Optional.ofNullable(manifests.get(ledger.line())).ifPresent(accounts::compare);
        }
        return new AuditReport(bundle.get().revision(), files(), ledgers, findings.all());
    }

    /** The line's ledger and every unit in it. */
    private Optional<AuditReport.AuditedLedger> auditLine(
            TrustedBundle bundle,
            AuthorityAudit authorities,
            CrlSet crls,
            LedgerIdentity line,
            Optional<SignedCheckpoint> known) {
        return documents.license(line.line()).flatMap(license -> {
            Optional<LedgerAudit.Replayed> replayed = new LedgerAudit(bundle, folder, findings, accounts)
                    .verify(line, license, documents.authorisation(line.line()), known);
            replayed.ifPresent(ledger -> {
                replays.put(line.line(), ledger.replay());
                UnitAudit units = new UnitAudit(
                        order,
                        folder,
                        findings,
                        accounts,
                        CapsuleTrust.of(bundle, license, crls),
                        authorities,
                        documents.firmware(),
                        ledger);
                Collection<UnitHistory> born = ledger.replay().units();
                // A serial is a path here: one of another form was found by the replay and is not followed.
                born.stream()
                        .filter(unit -> SerialSpace.isSerial(unit.serial()))
                        .forEach(units::verify);
            });
            return replayed.map(LedgerAudit.Replayed::ledger);
        });
    }

    /** What people read first may say nothing else than the ledgers do. */
    private void compareSummary(int lines) {
        if (replays.size() < lines) {
            unproven.add(findings.relative(folder.summary()));
            return;
        }
        findings.read(folder.summary())
                .filter(found -> !Arrays.equals(found, FolderSummary.of(replays)))
                .ifPresent(found -> findings.add(
                        AuditCode.SUMMARY_MISMATCH,
                        folder.summary(),
                        "units",
                        "the units, verdicts and acceptances of the ledgers expected"));
    }

    /** The checkpoint that the auditor brought, if it is one of a ledger of this bundle. */
    private Optional<SignedCheckpoint> known(TrustedBundle bundle) {
        if (order.knownCheckpoint().isEmpty()) {
            return Optional.empty();
        }
        Optional<SignedCheckpoint> known =
                SignedCheckpoint.parse(order.knownCheckpoint().get());
        if (known.isEmpty()) {
            findings.add(AuditCode.MALFORMED, "ledgers", "known checkpoint", "not a signed checkpoint");
            return Optional.empty();
        }
        if (LedgerCheckpointVerifier.of(bundle).verifyLineSigned(known.get())
                instanceof CheckpointResult.Rejected rejected) {
            findings.add(rejected.code().name(), "ledgers", "known checkpoint", rejected.reason());
            return Optional.empty();
        }
        return known;
    }

    private List<AuditedFile> files() {
        Set<String> belonging = new TreeSet<>(accounts.shared());
        for (FileManifest manifest : manifests.values()) {
            manifest.getFilesList().stream().map(ManifestFile::getPath).forEach(belonging::add);
        }
        return FolderFiles.list(order.folder()).stream()
                .filter(path -> belonging.contains(path) && FolderFiles.isRegularFile(order.folder(), path))
                .map(path -> new AuditedFile(
                        path,
                        standing(path),
                        FolderFiles.hash(order.folder(), path).sha256()))
                .toList();
    }

    private Standing standing(String path) {
        return findings.name(path) || unproven.contains(path)
                ? Standing.UNPROVEN
                : accounts.standing(path).orElse(Standing.UNPROVEN);
    }
}
