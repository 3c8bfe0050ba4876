package io.kryla.factory.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The documents that carry their own signatures: root, trust bundle, licenses, firmware, authorisations, CRLs. */
final class TrustAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final TreeSet<String> shared = new TreeSet<>();
    private final Map<String, VerifiedLicense> licenses = new TreeMap<>();
    private final Map<String, VerifiedExportAuthorisation> authorisations = new TreeMap<>();
    private final List<X509CRL> crls = new ArrayList<>();

    TrustAudit(AuditOrder order, PublicFolder folder, Findings findings) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
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
        readCrls();
        envelope(folder.firmwareManifest())
                .ifPresent(untrusted ->
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
                        .ifPresent(verified -> authorisations.put(ledger.line(), verified));
            }
        }
    }

    private void takeLicense(LedgerIdentity ledger, VerifiedLicense license, Path file) {
        if (license.content().getLine().equals(ledger.line())
                && license.content().getLedgerOrigin().equals(ledger.origin())) {
            licenses.put(ledger.line(), license);
        } else {
            findings.add("LICENSE_MISMATCH", file, "line", "a license of " + ledger.line() + " expected");
        }
    }

    /** The copy of the root in the folder has to be the auditor's, in the one form that the tools write. */
    private void checkRootFile() {
        Path file = folder.rootCertificate();
        shared.add(findings.relative(file));
        byte[] expected = Certificates.toPem(order.root()).getBytes(StandardCharsets.US_ASCII);
        findings.read(file)
                .filter(found -> !Arrays.equals(found, expected))
                .ifPresent(found -> findings.add(
                        "WRONG_ROOT",
                        file,
                        "whole file",
                        "another certificate than the auditor's root, or changed bytes"));
    }

    private void readCrls() {
        try (Stream<Path> files = Files.exists(folder.crls()) ? Files.list(folder.crls()) : Stream.empty()) {
            files.sorted().limit(CrlSet.MOST).forEach(file -> {
                shared.add(findings.relative(file));
                Optional<X509CRL> crl = findings.read(file).flatMap(Certificates::crlFromDer);
                if (crl.isEmpty()) {
                    findings.add("MALFORMED", file, "whole file", "not a revocation list");
                }
                crl.ifPresent(crls::add);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Envelope> envelope(Path file) {
        shared.add(findings.relative(file));
        return findings.read(file).flatMap(bytes -> decode(bytes, file));
    }

    /** A signature covers payload and type; the audit wants the rest of the file to be as it was written, too. */
    private Optional<Envelope> decode(byte[] bytes, Path file) {
        try {
            Envelope envelope = Envelope.parseFrom(bytes);
            if (Arrays.equals(envelope.toByteArray(), bytes)
                    && envelope.getUnknownFields().asMap().isEmpty()) {
                return Optional.of(envelope);
            }
        } catch (InvalidProtocolBufferException e) {
            // reported below
        }
        findings.add("MALFORMED", file, "envelope", "not a signed document as Kryla writes it");
        return Optional.empty();
    }

    private <T> Optional<T> accept(DocumentResult<T> result, Path file) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            findings.add(rejected.code().name(), file, "signature", rejected.reason());
            return Optional.empty();
        }
        return Optional.of(((DocumentResult.Verified<T>) result).document());
    }

    /** Paths of the documents that belong to no line. */
    TreeSet<String> sharedPaths() {
        return shared;
    }

    Optional<VerifiedLicense> license(String line) {
        return Optional.ofNullable(licenses.get(line));
    }

    Optional<VerifiedExportAuthorisation> authorisation(String line) {
        return Optional.ofNullable(authorisations.get(line));
    }

    /** For a flight or birth of any time: the last known list of each issuer. */
    CrlSet crls() {
        Instant now = order.now();
        return new CrlSet(crls, CrlProfile.FIELD, now);
    }
}
