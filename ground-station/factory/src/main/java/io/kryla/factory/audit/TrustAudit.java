package io.kryla.factory.audit;

import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.Envelope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The documents that carry their own signatures: root, trust bundle, licenses, firmware, export authorisations. */
final class TrustAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final Map<String, VerifiedLicense> licenses = new TreeMap<>();
    private final Map<String, VerifiedExportAuthorisation> authorisations = new TreeMap<>();
    private Optional<VerifiedFirmwareManifest> firmware = Optional.empty();

    TrustAudit(AuditOrder order, PublicFolder folder, Findings findings, FileAccounts accounts) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
    }

    /** Verifies all of them; empty when there is no bundle to go on from. */
    Optional<TrustedBundle> verify() {
        checkRootFile();
        Optional<TrustedBundle> bundle = envelope(folder.trustBundle())
                .flatMap(untrusted -> accept(
                        TrustedBundle.open(order.root(), untrusted, OptionalLong.empty()), folder.trustBundle()));
        bundle.ifPresent(this::verifyUnder);
        return bundle;
    }

    private void verifyUnder(TrustedBundle bundle) {
        firmware = envelope(folder.firmwareManifest())
                .flatMap(untrusted ->
                        accept(VerifiedFirmwareManifest.open(bundle, untrusted), folder.firmwareManifest()));
        for (LedgerIdentity ledger : bundle.ledgers()) {
            Path license = folder.license(ledger.line());
            envelope(license)
                    .flatMap(untrusted -> accept(VerifiedLicense.open(bundle, untrusted), license))
                    .ifPresent(verified -> takeLicense(ledger, verified, license));
            Path authorisation = folder.exportAuthorisation(ledger.line());
            if (Files.exists(authorisation, LinkOption.NOFOLLOW_LINKS)) {
                envelope(authorisation)
                        .flatMap(
                                untrusted -> accept(VerifiedExportAuthorisation.open(bundle, untrusted), authorisation))
                        .ifPresent(verified -> takeAuthorisation(ledger, verified, authorisation));
            }
        }
    }

    private void takeLicense(LedgerIdentity ledger, VerifiedLicense license, Path file) {
        if (license.content().getLine().equals(ledger.line())
                && license.content().getLedgerOrigin().equals(ledger.origin())) {
            licenses.put(ledger.line(), license);
        } else {
            findings.add(AuditCode.LICENSE_MISMATCH, file, "line", "a license of " + ledger.line() + " expected");
        }
    }

    private void takeAuthorisation(LedgerIdentity ledger, VerifiedExportAuthorisation verified, Path file) {
        if (verified.content().getLedgerOrigin().equals(ledger.origin())) {
            authorisations.put(ledger.line(), verified);
        } else {
            findings.add(
                    AuditCode.AUTHORISATION_LEDGER, file, "ledger_origin", "ledger " + ledger.origin() + " expected");
        }
    }

    /** The copy of the root in the folder has to be the auditor's, in the one form that the tools write. */
    private void checkRootFile() {
        Path file = folder.rootCertificate();
        accounts.enterShared(file);
        byte[] expected = Certificates.toPem(order.root()).getBytes(StandardCharsets.US_ASCII);
        findings.read(file)
                .filter(found -> !Arrays.equals(found, expected))
                .ifPresent(found -> findings.add(
                        AuditCode.WRONG_ROOT,
                        file,
                        "whole file",
                        "another certificate than the auditor's root, or changed bytes"));
    }

    private Optional<Envelope> envelope(Path file) {
        accounts.enterShared(file);
        return findings.readExactly(file, Envelope.parser(), "a signed document");
    }

    private <T> Optional<T> accept(DocumentResult<T> result, Path file) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            findings.add(rejected.code().name(), file, "signature", rejected.reason());
            return Optional.empty();
        }
        return Optional.of(((DocumentResult.Verified<T>) result).document());
    }

    Optional<VerifiedLicense> license(String line) {
        return Optional.ofNullable(licenses.get(line));
    }

    Optional<VerifiedExportAuthorisation> authorisation(String line) {
        return Optional.ofNullable(authorisations.get(line));
    }

    Optional<VerifiedFirmwareManifest> firmware() {
        return firmware;
    }
}
