package io.kryla.station.licensor;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.license.BundleSuccession;
import io.kryla.factory.license.LicenseDecision;
import io.kryla.factory.license.LicenseRevisions;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.license.SerialSpace;
import io.kryla.factory.licensor.ApprovedOrder;
import io.kryla.factory.licensor.Draft;
import io.kryla.factory.licensor.VerifiedLineRequest;
import io.kryla.factory.pki.CertificatePolicyOids;
import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.Revocation;
import io.kryla.factory.pki.RevocationLists;
import io.kryla.factory.pki.RootCa;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.AdmitLine;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerTrust;
import io.kryla.v1.LicensorOrder;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.RevokeCertificate;
import io.kryla.v1.TrustBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A licensor's desk on its folder. Drafts are made from what is in force; what comes back with enough signatures is verified
 * as its receiver will, and only then stored, certified or signed by the root.
 */
public final class LicensorHouse {
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final LicensorFolder folder;
    private final LicensorSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;

    private LicensorHouse(LicensorFolder folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.settings = LicensorSettings.read(folder.settings());
        this.clock = clock;
        this.random = random;
    }

    /** @throws CommandFailure NOT_A_LICENSOR */
    public static LicensorHouse open(Path root, InstantSource clock, SecureRandom random) {
        LicensorFolder folder = new LicensorFolder(root.toAbsolutePath().normalize());
        if (!Files.exists(folder.settings())
                || LicensorFolder.revisions(folder.trustBundles()).isEmpty()) {
            throw CommandFailure.usage(
                    "NOT_A_LICENSOR", "no licensor's folder", root.toString(), "make one with: kryla licensor init");
        }
        return new LicensorHouse(folder, clock, random);
    }

    /**
     * Founds a licensor: root, design CA, their lists, and the first trust bundle.
     *
     * @param first witnesses, license keys, threshold, quorum, maker code; the rest is set here
     * @throws CommandFailure FOLDER_NOT_EMPTY, or why a verifier would refuse the bundle
     */
    public static LicensorHouse found(
            Path root,
            PartyName licensor,
            String design,
            LicensorSettings settings,
            TrustBundle first,
            LicensorKeys keys,
            InstantSource clock,
            SecureRandom random) {
        LicensorFolder folder = new LicensorFolder(root.toAbsolutePath().normalize());
        if (!LicensorFolder.revisions(folder.trustBundles()).isEmpty()) {
            throw CommandFailure.usage(
                    "LICENSOR_EXISTS", "a licensor was founded there", root.toString(), "choose another --dir");
        }
        Instant now = clock.instant();
        Signer rootKey = keys.make("root", folder.key("root"));
        RootCa rootCa = Files.exists(folder.rootCertificate())
                ? RootCa.open(DocumentFiles.readCertificate(folder.rootCertificate()), rootKey, random)
                : RootCa.create(licensor, rootKey, now, random);
        Signer designKey = keys.make("design-ca", folder.key("design-ca"));
        CertificateChain designChain = rootCa.issueDesignCa(licensor, design, designKey.key(), now);
        DesignCa designCa = DesignCa.open(designChain, designKey, random);
        TrustedBundle bundle = issue(complete(first, rootCa, settings, now), rootCa.certificate(), rootKey);
        settings.write(folder.settings());
        DocumentFiles.write(
                folder.rootCertificate(),
                Certificates.toPem(rootCa.certificate()).getBytes(StandardCharsets.US_ASCII));
        DocumentFiles.write(folder.designChain(), designChain);
        writeCrl(folder.crl("root"), rootCa.emptyRevocationList(1, now, now.plus(CRL_VALIDITY)));
        writeCrl(folder.crl("design"), designCa.emptyRevocationList(1, now, now.plus(CRL_VALIDITY)));
        LicensorFolder.add(folder.trustBundles(), 1, bundle.envelope());
        return new LicensorHouse(folder, clock, random);
    }

    private static TrustBundle complete(TrustBundle first, RootCa root, LicensorSettings settings, Instant now) {
        return first.toBuilder()
                .setRevision(1)
                .setIssuedAtUnixSeconds(now.getEpochSecond())
                .setRootCertificateSha256(ByteString.copyFrom(
                        Certificates.sha256(root.certificate()).bytes()))
                .setPolicyOids(PolicyOids.newBuilder()
                        .setGroundRole(settings.groundRole())
                        .setStationRole(settings.stationRole())
                        .setOperatorRole(settings.operatorRole()))
                .build();
    }

    private static TrustedBundle issue(TrustBundle content, X509Certificate root, Signer rootKey) {
        try {
            return LicensorDesk.issueBundle(content, root, rootKey);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "BUNDLE_REFUSED",
                    String.valueOf(e.getMessage()),
                    "trust bundle revision " + content.getRevision(),
                    "ids and keys have to be different in each list, thresholds no larger than the list,"
                            + " witness and ledger keys Ed25519, the maker code four characters without I and O");
        }
    }

    public LicensorFolder folder() {
        return folder;
    }

    public LicensorSettings settings() {
        return settings;
    }

    public X509Certificate root() {
        return DocumentFiles.readCertificate(folder.rootCertificate());
    }

    /** The trust bundle in force. */
    public TrustedBundle bundle() {
        return verified(
                TrustedBundle.open(
                        root(), LicensorFolder.newest(folder.trustBundles()).orElseThrow(), OptionalLong.empty()),
                folder.trustBundles());
    }

    /** The next revision of the bundle in force, to be changed. */
    public TrustBundle.Builder nextBundle() {
        TrustedBundle known = bundle();
        return BundleSuccession.content(known).toBuilder()
                .setRevision(known.revision() + 1)
                .setPreviousSha256(ByteString.copyFrom(known.payloadSha256().bytes()))
                .setIssuedAtUnixSeconds(clock.instant().getEpochSecond());
    }

    public Envelope draftBundle(TrustBundle next) {
        return order(LicensorOrder.newBuilder().setBundle(next));
    }

    /** @throws CommandFailure LINE_EXISTS, or why the request is refused */
    public Envelope draftLine(Envelope request, List<String> licenseOids, Path where) {
        VerifiedLineRequest line = verified(VerifiedLineRequest.open(request), where);
        requireNew(line);
        return order(LicensorOrder.newBuilder()
                .setAdmitLine(AdmitLine.newBuilder().setRequest(request).addAllLicensePolicyOids(licenseOids)));
    }

    public Envelope draftRevocation(RevokeCertificate revocation) {
        return order(LicensorOrder.newBuilder().setRevokeCertificate(revocation));
    }

    private Envelope order(LicensorOrder.Builder order) {
        return Draft.of(order.setBundleRevision(bundle().revision()).build());
    }

    /** The number that the next new license gets. */
    public int nextLicenseNumber() {
        return lines().stream().mapToInt(line -> lineCaPolicies(line).size()).sum() + 1;
    }

    /** Lines that were admitted, in the order of their names. */
    public List<String> lines() {
        return bundle().ledgers().stream().map(ledger -> ledger.line()).sorted().toList();
    }

    /** @throws CommandFailure LINE_UNKNOWN */
    public VerifiedLineRequest line(String name) {
        if (!Files.exists(folder.lineRequest(name))) {
            throw CommandFailure.usage(
                    "LINE_UNKNOWN",
                    "no line " + name + " was admitted",
                    folder.lines().toString(),
                    "admit it first: kryla licensor line");
        }
        return verified(
                VerifiedLineRequest.open(DocumentFiles.readEnvelope(folder.lineRequest(name))),
                folder.lineRequest(name));
    }

    /** License policies that the line's CA may issue under. */
    public List<String> lineCaPolicies(String line) {
        return CertificatePolicyOids.of(
                DocumentFiles.readChain(folder.lineChain(line, "line-ca")).leaf());
    }

    /** The newest revision of a line's license. */
    public Optional<VerifiedLicense> license(String line) {
        return LicensorFolder.newest(folder.licenses(line))
                .map(envelope -> verified(VerifiedLicense.open(bundle(), envelope), folder.licenses(line)));
    }

    /** The newest firmware release. */
    public Optional<VerifiedFirmwareManifest> firmware() {
        return LicensorFolder.newest(folder.firmware())
                .map(envelope -> verified(VerifiedFirmwareManifest.open(bundle(), envelope), folder.firmware()));
    }

    /**
     * Takes in what enough persons signed, and does what it says.
     *
     * @param keys opened only for what root or design CA sign
     * @return what was written
     * @throws CommandFailure THRESHOLD and the like, LICENSE_ROLLBACK, LICENSE_CHAIN, BUNDLE_CHAIN, ORDER_OUTDATED
     */
    public List<Path> take(Envelope approved, Supplier<BenchKeys> keys, Path where) {
        if (approved.getSignaturesCount() == 0) {
            throw refused(
                    "THRESHOLD", bundle().licenseThreshold() + " license keys have to sign, none has signed", where);
        }
        if (approved.getPayloadType().equals(PayloadType.LICENSE)) {
            return List.of(takeLicense(approved, where));
        }
        if (approved.getPayloadType().equals(PayloadType.FIRMWARE_MANIFEST)) {
            return List.of(takeFirmware(approved, where));
        }
        ApprovedOrder order = verified(ApprovedOrder.open(bundle(), approved), where);
        List<Path> written = carryOut(order.content(), keys.get(), where);
        DocumentFiles.write(
                folder.order(Digest.sha256(approved.getPayload().toByteArray()).hex()), approved);
        return written;
    }

    private Path takeLicense(Envelope approved, Path where) {
        VerifiedLicense license = verified(VerifiedLicense.open(bundle(), approved), where);
        String name = license.content().getLine();
        VerifiedLineRequest line = line(name);
        LicenseRevisions known = new LicenseRevisions();
        license(name).ifPresent(known::add);
        if (known.isNewest(license)) {
            throw already(where);
        }
        Optional<LicenseDecision.Rejected> rejected = known.check(license);
        if (rejected.isPresent()) {
            throw refused(rejected.get().code(), rejected.get().reason(), where);
        }
        boolean fits = line.lineCaKey().spkiSha256().equals(license.lineCaKeySha256())
                && lineCaPolicies(name).contains(license.content().getPolicyOid())
                && SerialSpace.parse(license.content().getSerialPrefix())
                        .filter(space -> space.size() > license.content().getQuota())
                        .filter(space -> space.prefix().startsWith(bundle().makerCode()))
                        .isPresent();
        if (!fits) {
            throw refused(
                    "LICENSE_FOREIGN",
                    "a license for the CA key, policies and serials of line " + name + " expected",
                    where);
        }
        return LicensorFolder.add(folder.licenses(name), license.content().getRevision(), approved);
    }

    private Path takeFirmware(Envelope approved, Path where) {
        VerifiedFirmwareManifest release = verified(VerifiedFirmwareManifest.open(bundle(), approved), where);
        Optional<VerifiedFirmwareManifest> known = firmware();
        long expected = known.map(newest -> newest.content().getReleaseNumber()).orElse(0L);
        if (release.content().getReleaseNumber() <= expected) {
            throw refused(
                    "FIRMWARE_ROLLBACK",
                    "release " + expected + " is there, got "
                            + release.content().getReleaseNumber(),
                    where);
        }
        return LicensorFolder.add(
                folder.firmware(), LicensorFolder.revisions(folder.firmware()).size() + 1L, approved);
    }

    private List<Path> carryOut(LicensorOrder order, BenchKeys keys, Path where) {
        Signer rootKey = keys.read(folder.key("root"));
        switch (order.getOrderCase()) {
            case BUNDLE:
                return List.of(addBundle(order.getBundle(), rootKey, where));
            case ADMIT_LINE:
                return admit(order.getAdmitLine(), rootKey, keys, where);
            case REVOKE_CERTIFICATE:
                return List.of(revoke(order.getRevokeCertificate(), keys, where));
            default:
                throw new IllegalStateException("an approved order orders something");
        }
    }

    private Path addBundle(TrustBundle content, Signer rootKey, Path where) {
        TrustedBundle next = issue(content, root(), rootKey);
        Optional<LicenseDecision.Rejected> rejected = BundleSuccession.check(bundle(), next);
        if (rejected.isPresent()) {
            throw refused(rejected.get().code(), rejected.get().reason(), where);
        }
        return LicensorFolder.add(folder.trustBundles(), next.revision(), next.envelope());
    }

    private List<Path> admit(AdmitLine order, Signer rootKey, BenchKeys keys, Path where) {
        VerifiedLineRequest line = verified(VerifiedLineRequest.open(order.getRequest()), where);
        requireNew(line);
        Instant now = clock.instant();
        DesignCa design = designCa(keys);
        List<Path> written = new ArrayList<>();
        CertificateChain lineCa =
                design.issueLineCa(line.name(), line.lineCaKey(), order.getLicensePolicyOidsList(), now);
        CertificateChain operations =
                design.issueOperationsCa(line.name(), line.operationsCaKey(), operationsPolicies(), now);
        TrustBundle next = nextBundle()
                .addLedgers(LedgerTrust.newBuilder()
                        .setOrigin(line.ledgerOrigin())
                        .setLine(line.line())
                        .setKey(line.ledgerKey().toProto()))
                .build();
        TrustedBundle bundle = issue(next, root(), rootKey);
        DocumentFiles.write(folder.lineRequest(line.line()), line.envelope());
        DocumentFiles.write(folder.lineChain(line.line(), "line-ca"), lineCa);
        DocumentFiles.write(folder.lineChain(line.line(), "operations-ca"), operations);
        written.add(folder.lineChain(line.line(), "line-ca"));
        written.add(folder.lineChain(line.line(), "operations-ca"));
        // Last: a line that the bundle lists has its certificates.
        written.add(LicensorFolder.add(folder.trustBundles(), bundle.revision(), bundle.envelope()));
        return written;
    }

    private List<String> operationsPolicies() {
        return Stream.concat(
                        Stream.of(settings.groundRole(), settings.stationRole()),
                        Role.operators().stream().map(role -> role.policyUnder(settings.operatorRole())))
                .toList();
    }

    private void requireNew(VerifiedLineRequest line) {
        boolean taken = bundle().ledgers().stream()
                .anyMatch(ledger -> ledger.line().equals(line.line())
                        || ledger.origin().equals(line.ledgerOrigin())
                        || ledger.key().equals(line.ledgerKey()));
        if (taken) {
            throw CommandFailure.usage(
                    "LINE_EXISTS",
                    "a line of that name, ledger origin or ledger key was admitted",
                    line.line(),
                    "a new line has a name, an origin and keys of its own");
        }
    }

    private Path revoke(RevokeCertificate order, BenchKeys keys, Path where) {
        X509Certificate certificate = Certificates.fromDer(
                        order.getCertificate().toByteArray())
                .orElseThrow(() -> refused("MALFORMED", "the order names no certificate", where));
        RootCa rootCa = RootCa.open(root(), keys.read(folder.key("root")), random);
        boolean byRoot = certificate.getIssuerX500Principal().equals(root().getSubjectX500Principal());
        RevocationLists issuer = byRoot ? rootCa : designCa(keys);
        if (!issuer.hasIssued(certificate)) {
            throw refused("FOREIGN", "neither root nor design CA issued that certificate", where);
        }
        Instant now = clock.instant();
        Path file = folder.crl(byRoot ? "root" : "design");
        writeCrl(
                file,
                issuer.nextRevocationList(
                        crl(file),
                        now,
                        now.plus(CRL_VALIDITY),
                        List.of(Revocation.of(certificate, now, reason(order)))));
        return file;
    }

    private static Revocation.Reason reason(RevokeCertificate order) {
        switch (order.getReason()) {
            case CERTIFICATE_REVOCATION_REASON_SUPERSEDED:
                return Revocation.Reason.SUPERSEDED;
            case CERTIFICATE_REVOCATION_REASON_CESSATION_OF_OPERATION:
                return Revocation.Reason.CESSATION_OF_OPERATION;
            default:
                return Revocation.Reason.CA_COMPROMISE;
        }
    }

    /** Fresh lists of root and design CA that say what the ones before them said. */
    public List<Path> renewLists(BenchKeys keys) {
        Instant now = clock.instant();
        RootCa rootCa = RootCa.open(root(), keys.read(folder.key("root")), random);
        writeCrl(
                folder.crl("root"),
                rootCa.nextRevocationList(crl(folder.crl("root")), now, now.plus(CRL_VALIDITY), List.of()));
        writeCrl(
                folder.crl("design"),
                designCa(keys).nextRevocationList(crl(folder.crl("design")), now, now.plus(CRL_VALIDITY), List.of()));
        return List.of(folder.crl("root"), folder.crl("design"));
    }

    private DesignCa designCa(BenchKeys keys) {
        return DesignCa.open(DocumentFiles.readChain(folder.designChain()), keys.read(folder.key("design-ca")), random);
    }

    private static X509CRL crl(Path file) {
        return Certificates.crlFromDer(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a revocation list", file.toString(), "restore it from a copy"));
    }

    private static void writeCrl(Path file, X509CRL crl) {
        DocumentFiles.write(file, Certificates.toDer(crl));
    }

    private static CommandFailure already(Path where) {
        return CommandFailure.usage(
                "ALREADY_TAKEN", "this document is in force", where.toString(), "nothing is left to do");
    }

    private static CommandFailure refused(String code, String reason, Path where) {
        return new CommandFailure(
                ExitStatus.FAILED, code, reason, where.toString(), "nothing was changed; draft it anew");
    }

    static <T> T verified(DocumentResult<T> result, Path where) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    rejected.code().name(),
                    rejected.reason(),
                    where.toString(),
                    "nothing was changed; check that it is the right file, and who signed it");
        }
        return ((DocumentResult.Verified<T>) result).document();
    }
}
