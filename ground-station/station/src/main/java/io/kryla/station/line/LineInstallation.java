package io.kryla.station.line;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.license.BundleSuccession;
import io.kryla.factory.license.LicenseAdmission;
import io.kryla.factory.license.LicenseDecision;
import io.kryla.factory.license.LicenseRevisions;
import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RevocationLists;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.Envelope;
import io.kryla.v1.LineDelivery;
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

/**
 * Takes in what the licensor sent: all of it is verified, from the root that the line knows, before anything is written; then
 * files are written in an order in which a cut-off installation is repaired by doing it again.
 */
public final class LineInstallation {
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final PublicFolder publicFolder;
    private final PrivateFolder privateFolder;
    private final BenchKeys keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Path source;

    /** @param source where the delivery came from, for messages */
    public LineInstallation(
            PublicFolder publicFolder, BenchKeys keys, InstantSource clock, SecureRandom random, Path source) {
        this.publicFolder = publicFolder;
        this.privateFolder = PrivateFolder.beside(publicFolder.root());
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.source = source;
    }

    /**
     * What a line is now.
     *
     * @param changed files that were written
     */
    public record Installed(String line, long bundleRevision, Optional<VerifiedLicense> license, List<Path> changed) {}

    /** What was verified and is to be written. */
    private record Verified(
            X509Certificate root,
            TrustedBundle bundle,
            CertificateChain lineCa,
            CertificateChain operationsCa,
            Optional<VerifiedLicense> license,
            List<VerifiedLicense> revisions,
            Optional<VerifiedFirmwareManifest> firmware,
            X509CRL rootCrl,
            X509CRL designCrl) {}

    /**
     * @param given the root's certificate, needed the first time: from the licensor's hands, not from the delivery
     * @throws CommandFailure the code of what is refused: ROOT_UNKNOWN, WRONG_ROOT, BUNDLE_ROLLBACK, BUNDLE_CHAIN,
     *     LICENSE_ROLLBACK, LICENSE_CHAIN, LICENSE_FOREIGN, DELIVERY_FOREIGN, FIRMWARE_ROLLBACK, CRL_ROLLBACK and others
     */
    public Installed install(LineDelivery delivery, Optional<X509Certificate> given) {
        String line = delivery.getLine();
        PrivateFolder.LineFiles files = privateFolder.line(line);
        if (!line.matches("[A-Z0-9][A-Z0-9-]{1,31}") || !BenchKeys.exists(files.key("line-ca"))) {
            throw refused(
                    "DELIVERY_FOREIGN",
                    "a delivery for a line whose keys lie here expected, got one for '" + printable(line) + "'",
                    "install it at that line, or begin with: kryla line init");
        }
        Verified verified = verify(delivery, root(given), files);
        return new Installed(line, verified.bundle().revision(), verified.license(), write(verified, line, files));
    }

    /** The root that this line knows, or is told to know. */
    private X509Certificate root(Optional<X509Certificate> given) {
        Path file = publicFolder.rootCertificate();
        if (!Files.exists(file)) {
            return given.orElseThrow(() -> CommandFailure.usage(
                    "ROOT_UNKNOWN",
                    "this line knows no root yet",
                    file.toString(),
                    "give the root certificate that the licensor handed you with --root FILE"));
        }
        X509Certificate known = DocumentFiles.readCertificate(file);
        if (given.isPresent() && !given.get().equals(known)) {
            throw refused("WRONG_ROOT", "another root than the one that this line knows", "the root never changes");
        }
        return known;
    }

    private Verified verify(LineDelivery delivery, X509Certificate root, PrivateFolder.LineFiles files) {
        if (!Certificates.sha256(root)
                .equals(Certificates.fromDer(delivery.getRootCertificate().toByteArray())
                        .map(Certificates::sha256)
                        .orElseThrow(() ->
                                refused("WRONG_ROOT", "the delivery holds no root certificate", "get it anew")))) {
            throw refused("WRONG_ROOT", "the delivery is of another root", "get the right one from the licensor");
        }
        TrustedBundle bundle = bundle(delivery, root);
        LedgerIdentity ledger = bundle.ledgers().stream()
                .filter(known -> known.line().equals(delivery.getLine()))
                .findFirst()
                .orElseThrow(() -> refused(
                        "DELIVERY_FOREIGN",
                        "the trust bundle lists no such line",
                        "ask the licensor to admit the line"));
        Signer ledgerKey = keys.read(files.key("ledger"));
        if (!ledger.key().equals(ledgerKey.key())) {
            throw refused("WRONG_KEY", "the bundle lists another ledger key than this line's", "ask the licensor");
        }
        CertificateChain lineCa = chain(delivery.getLineCaChainList(), files, "line-ca", root);
        CertificateChain operationsCa = chain(delivery.getOperationsCaChainList(), files, "operations-ca", root);
        LicensedLine licensed = new LicensedLine(
                delivery.getLine(),
                ledger.origin(),
                VerificationKey.of(lineCa.leaf().getPublicKey()).spkiSha256());
        List<VerifiedLicense> revisions = licenses(delivery, bundle, licensed);
        return new Verified(
                root,
                bundle,
                lineCa,
                operationsCa,
                revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.get(revisions.size() - 1)),
                revisions,
                firmware(delivery, bundle),
                crl(delivery.getRootCrl(), root, "root"),
                crl(delivery.getDesignCrl(), lineCa.certificates().get(1), "design"));
    }

    /** Each revision follows the one before it, from the one that is installed on. */
    private TrustedBundle bundle(LineDelivery delivery, X509Certificate root) {
        Optional<TrustedBundle> known = Files.exists(publicFolder.trustBundle())
                ? Optional.of(opened(
                        TrustedBundle.open(
                                root, DocumentFiles.readEnvelope(publicFolder.trustBundle()), OptionalLong.empty()),
                        "the installed trust bundle"))
                : Optional.empty();
        Optional<TrustedBundle> newest = Optional.empty();
        boolean continues = known.isEmpty();
        for (Envelope envelope : delivery.getTrustBundlesList()) {
            TrustedBundle next =
                    opened(TrustedBundle.open(root, envelope, OptionalLong.empty()), "trust bundle of the delivery");
            newest.ifPresent(previous -> requireSuccession(previous, next));
            continues |= known.filter(installed -> installed.payloadSha256().equals(next.payloadSha256()))
                    .isPresent();
            newest = Optional.of(next);
        }
        TrustedBundle delivered =
                newest.orElseThrow(() -> refused("MALFORMED", "the delivery holds no trust bundle", "get it anew"));
        if (!continues) {
            requireSuccession(known.orElseThrow(), delivered);
        }
        return delivered;
    }

    private void requireSuccession(TrustedBundle known, TrustedBundle next) {
        Optional<LicenseDecision.Rejected> rejected = BundleSuccession.check(known, next);
        if (rejected.isPresent()) {
            throw refused(rejected.get().code(), rejected.get().reason(), "get the newest delivery from the licensor");
        }
    }

    private CertificateChain chain(
            List<ByteString> der, PrivateFolder.LineFiles files, String authority, X509Certificate root) {
        CertificateChain chain = CertificateChain.fromDer(
                        der.stream().map(ByteString::toByteArray).toList())
                .filter(read -> read.certificates().size() == 3)
                .orElseThrow(
                        () -> refused("PATH", authority + ": a chain of three certificates expected", "get it anew"));
        List<X509Certificate> path = chain.certificates();
        boolean leads = path.get(2).equals(root)
                && CaChecks.isIssuedBy(path.get(1), root)
                && CaChecks.isIssuedBy(path.get(0), path.get(1));
        if (!leads) {
            throw refused("PATH", authority + ": its chain does not lead to the root", "get it anew");
        }
        if (!keys.read(files.key(authority))
                .key()
                .equals(VerificationKey.of(chain.leaf().getPublicKey()))) {
            throw refused("WRONG_KEY", authority + ": the certificate is over another key", "ask the licensor");
        }
        return chain;
    }

    /** All revisions, each judged as the ledger will; the newest one is no older than what is installed. */
    private List<VerifiedLicense> licenses(LineDelivery delivery, TrustedBundle bundle, LicensedLine line) {
        LicenseAdmission admission = new LicenseAdmission(bundle, line);
        LicenseRevisions revisions = new LicenseRevisions();
        List<VerifiedLicense> verified = new ArrayList<>();
        for (Envelope envelope : delivery.getLicensesList()) {
            LicenseDecision decision = admission.judgeForever(envelope, revisions);
            if (decision instanceof LicenseDecision.Rejected rejected) {
                throw refused(rejected.code(), rejected.reason(), "get the newest delivery from the licensor");
            }
            VerifiedLicense license = ((LicenseDecision.Admitted) decision).license();
            revisions.add(license);
            verified.add(license);
        }
        Path installed = publicFolder.license(line.line());
        if (Files.exists(installed)) {
            VerifiedLicense known = opened(
                    VerifiedLicense.open(bundle, DocumentFiles.readEnvelope(installed)), "the installed license");
            if (verified.stream().noneMatch(license -> license.payloadSha256().equals(known.payloadSha256()))) {
                boolean older = revisions
                        .newest(known.content().getPolicyOid())
                        .filter(newest ->
                                newest.content().getRevision() > known.content().getRevision())
                        .isEmpty();
                throw refused(
                        older ? "LICENSE_ROLLBACK" : "LICENSE_CHAIN",
                        "license revision " + known.content().getRevision()
                                + " is installed, and the delivery does not continue it",
                        "get the newest delivery from the licensor");
            }
        }
        return verified;
    }

    private Optional<VerifiedFirmwareManifest> firmware(LineDelivery delivery, TrustedBundle bundle) {
        if (!delivery.hasFirmwareManifest()) {
            return Optional.empty();
        }
        VerifiedFirmwareManifest release = opened(
                VerifiedFirmwareManifest.open(bundle, delivery.getFirmwareManifest()),
                "firmware manifest of the delivery");
        Path installed = publicFolder.firmwareManifest();
        if (Files.exists(installed)) {
            long known = opened(
                            VerifiedFirmwareManifest.open(bundle, DocumentFiles.readEnvelope(installed)),
                            "the installed firmware manifest")
                    .content()
                    .getReleaseNumber();
            if (release.content().getReleaseNumber() < known) {
                throw refused(
                        "FIRMWARE_ROLLBACK",
                        "release " + known + " is installed, got "
                                + release.content().getReleaseNumber(),
                        "get the newest delivery from the licensor");
            }
        }
        return Optional.of(release);
    }

    private X509CRL crl(ByteString der, X509Certificate issuer, String name) {
        X509CRL list = Certificates.crlFromDer(der.toByteArray())
                .filter(read -> CaChecks.isListOf(read, issuer))
                .orElseThrow(() -> refused("CRL_STALE", name + ": no revocation list of that CA", "get it anew"));
        Path installed = publicFolder.crl(name);
        if (Files.exists(installed)) {
            Optional<X509CRL> known = Certificates.crlFromDer(DocumentFiles.read(installed));
            if (known.filter(old -> old.getThisUpdate().after(list.getThisUpdate()))
                    .isPresent()) {
                throw refused(
                        "CRL_ROLLBACK", name + ": a newer revocation list is installed", "get the newest delivery");
            }
        }
        return list;
    }

    private List<Path> write(Verified verified, String line, PrivateFolder.LineFiles files) {
        List<Path> changed = new ArrayList<>();
        Instant now = clock.instant();
        put(changed, publicFolder.rootCertificate(), pem(verified.root()));
        put(changed, publicFolder.crl("root"), Certificates.toDer(verified.rootCrl()));
        put(changed, publicFolder.crl("design"), Certificates.toDer(verified.designCrl()));
        put(
                changed,
                publicFolder.authority("design"),
                pem(verified.lineCa().certificates().get(1)));
        put(
                changed,
                publicFolder.authority(line + "-line"),
                pem(verified.lineCa().leaf()));
        put(
                changed,
                publicFolder.authority(line + "-operations"),
                pem(verified.operationsCa().leaf()));
        put(changed, files.chain("line-ca"), pem(verified.lineCa()));
        put(changed, files.chain("operations-ca"), pem(verified.operationsCa()));
        certifyOwn(verified, line, files, now, changed);
        for (VerifiedLicense revision : verified.revisions()) {
            put(
                    changed,
                    files.licenseRevision(revision.content().getRevision()),
                    revision.envelope().toByteArray());
        }
        verified.firmware()
                .ifPresent(release -> put(
                        changed,
                        publicFolder.firmwareManifest(),
                        release.envelope().toByteArray()));
        verified.license()
                .ifPresent(license -> put(
                        changed, publicFolder.license(line), license.envelope().toByteArray()));
        // Last: a folder with a bundle is a line.
        put(changed, publicFolder.trustBundle(), verified.bundle().envelope().toByteArray());
        return changed;
    }

    /** What the line's own operations CA certifies, and the first lists of its CAs. */
    private void certifyOwn(
            Verified verified, String line, PrivateFolder.LineFiles files, Instant now, List<Path> changed) {
        PartyName name = PartyName.ofSubject(verified.operationsCa().leaf());
        OperationsCa operations =
                OperationsCa.open(verified.operationsCa(), name, keys.read(files.key("operations-ca")), random);
        LineCa lineCa = LineCa.open(
                verified.lineCa(),
                PartyName.ofSubject(verified.lineCa().leaf()),
                keys.read(files.key("line-ca")),
                random);
        firstList(changed, publicFolder.crl(line + "-operations"), operations, now);
        firstList(changed, publicFolder.crl(line + "-line"), lineCa, now);
        if (!isCurrent(files.chain("station"), verified.operationsCa(), now)) {
            CertificateChain station = operations.issueStation(
                    keys.read(files.key("station")).key(),
                    "station-" + line,
                    verified.bundle().policyOid(Role.STATION),
                    now);
            put(changed, files.chain("station"), pem(station));
            put(changed, publicFolder.stationChain(line), pem(station));
        }
        if (!isCurrent(files.chain("ground"), verified.operationsCa(), now)) {
            put(
                    changed,
                    files.chain("ground"),
                    pem(operations.issueGround(
                            keys.read(files.key("ground")).key(),
                            "ground-" + line,
                            verified.bundle().policyOid(Role.GROUND),
                            now)));
        }
    }

    private static void firstList(List<Path> changed, Path file, RevocationLists authority, Instant now) {
        if (!Files.exists(file)) {
            put(changed, file, Certificates.toDer(authority.emptyRevocationList(1, now, now.plus(CRL_VALIDITY))));
        }
    }

    /** By this CA, and good for half of its year at least. */
    private static boolean isCurrent(Path chain, CertificateChain issuer, Instant now) {
        if (!Files.exists(chain)) {
            return false;
        }
        CertificateChain known = DocumentFiles.readChain(chain);
        return known.certificates().get(1).equals(issuer.leaf())
                && known.leaf().getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(182)));
    }

    private static void put(List<Path> changed, Path file, byte[] content) {
        if (Files.exists(file) && java.util.Arrays.equals(DocumentFiles.read(file), content)) {
            return;
        }
        DocumentFiles.write(file, content);
        changed.add(file);
    }

    private static byte[] pem(X509Certificate certificate) {
        return Certificates.toPem(certificate).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pem(CertificateChain chain) {
        StringBuilder text = new StringBuilder();
        chain.certificates().forEach(certificate -> text.append(Certificates.toPem(certificate)));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private <T> T opened(DocumentResult<T> result, String what) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            throw refused(rejected.code().name(), what + ": " + rejected.reason(), "get the newest delivery");
        }
        return ((DocumentResult.Verified<T>) result).document();
    }

    private CommandFailure refused(String code, String reason, String remedy) {
        return new CommandFailure(ExitStatus.FAILED, code, reason, source.toString(), remedy + "; nothing was changed");
    }

    private static String printable(String untrusted) {
        String shown = untrusted.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 64 ? shown.substring(0, 64) : shown;
    }

    /**
     * Reads a delivery.
     *
     * @throws CommandFailure FILE_MALFORMED, FILE_MISSING
     */
    public static LineDelivery read(Path file) {
        try {
            return LineDelivery.parseFrom(DocumentFiles.read(file));
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.usage(
                    "FILE_MALFORMED", "not a licensor's delivery", file.toString(), "check that it is the right file");
        }
    }
}
