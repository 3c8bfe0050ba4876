package io.kryla.airframe.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.CertIssue;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.Envelope;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the station gives the airframe to be known by. All of it is verified from the root whose hash is in the firmware
 * (protocol.md §8.3) before any of it is stored, in one write.
 */
final class ReceivedIdentity {
    private static final int MAX_SERIAL_CHARACTERS = 20;

    private final ProvisioningBoard board;
    private final CertificateChain station;
    private @Nullable Accepted accepted;

    private record Accepted(TrustedBundle bundle, CrlSet crls, VerifiedLicense license, X509Certificate idevid) {}

    ReceivedIdentity(ProvisioningBoard board, CertificateChain station) {
        this.board = board;
        this.station = station;
    }

    /** Whether a claim may be granted so, by this station. */
    Optional<Fault> checkGrant(ClaimGrant grant) {
        String serial = grant.getSerial();
        boolean wellFormed = !serial.isEmpty()
                && serial.length() <= MAX_SERIAL_CHARACTERS
                && grant.getChallenge().size() == Digest.LENGTH
                && grant.getOriginPrefix().length() <= 200
                && grant.getOriginPrefix().matches("[!-*,-~]+/" + java.util.regex.Pattern.quote(serial));
        if (!wellFormed) {
            return fault(RefusalCodes.BAD_STATE, "serial, 32-byte challenge and origin prefix expected");
        }
        Optional<String> known = storedSerial();
        if (known.isPresent() && !known.get().equals(serial)) {
            return fault(RefusalCodes.SERIAL_MISMATCH, "certified as " + known.get() + ", granted " + serial);
        }
        return verifyStation(grant.getTrustBundle(), grant.getCrlsList()).fault();
    }

    /** Verifies, then stores. Accepted before, it is accepted again. */
    Optional<Fault> accept(ClaimGrant grant, CertIssue issue) {
        VerifiedStation verified = verifyStation(issue.getTrustBundle(), issue.getCrlsList());
        if (!(verified instanceof VerifiedStation.Trusted trust)) {
            return verified.fault();
        }
        TrustedBundle bundle = trust.bundle();
        if (!(VerifiedLicense.open(bundle, issue.getLicense())
                instanceof DocumentResult.Verified<VerifiedLicense> opened)) {
            return fault(RefusalCodes.LICENSE_MISMATCH, "the license is not signed as the trust bundle asks");
        }
        VerifiedLicense license = opened.document();
        if (!license.content().getDesignOid().equals(board.designOid())
                || !license.content().getLine().equals(grant.getLine())
                || !grant.getSerial().startsWith(license.content().getSerialPrefix())) {
            return fault(RefusalCodes.LICENSE_MISMATCH, "a license for this design, line and serial expected");
        }
        Optional<CertificateChain> chain = chain(issue.getChainList());
        if (chain.isEmpty() || chain.get().certificates().size() < 2) {
            return fault(RefusalCodes.BAD_STATE, "a certificate chain expected");
        }
        Optional<Fault> wrongChain = verifyChain(chain.get(), license, trust, grant.getSerial());
        if (wrongChain.isPresent()) {
            return wrongChain;
        }
        accepted = new Accepted(bundle, trust.crls(), license, chain.get().leaf());
        board.storage().write(StorageEntry.CERT_ISSUE, issue.toByteArray());
        return Optional.empty();
    }

    private Optional<Fault> verifyChain(
            CertificateChain chain, VerifiedLicense license, VerifiedStation.Trusted trust, String serial) {
        PathResult result = PathValidator.of(trust.bundle().root())
                .validateIdevid(
                        chain, license.content().getPolicyOid(), board.clock().instant(), trust.crls());
        if (result instanceof PathResult.Rejected rejected) {
            return fault(rejected.code().name(), "IDevID chain: " + rejected.reason());
        }
        PathResult.Valid valid = (PathResult.Valid) result;
        if (!valid.key().equals(board.secureElement().identityKey().key())
                || !valid.holder().id().equals(serial)) {
            return fault(RefusalCodes.SERIAL_MISMATCH, "a certificate of this airframe's key and serial expected");
        }
        VerificationKey lineCa = VerificationKey.of(chain.certificates().get(1).getPublicKey());
        return lineCa.spkiSha256().equals(license.lineCaKeySha256())
                ? Optional.empty()
                : fault(RefusalCodes.LICENSE_MISMATCH, "issued by another line CA than the license names");
    }

    /** Whether {@link #accept} has accepted in this conversation. */
    boolean isStored() {
        return accepted != null;
    }

    ByteString certificateSha256() {
        return ByteString.copyFrom(Certificates.sha256(stored().idevid()).bytes());
    }

    TrustedBundle bundle() {
        return stored().bundle();
    }

    CrlSet crls() {
        return stored().crls();
    }

    VerifiedLicense license() {
        return stored().license();
    }

    Digest idevidCertificateSha256() {
        return Certificates.sha256(stored().idevid());
    }

    VerificationKey stationKey() {
        return VerificationKey.of(station.leaf().getPublicKey());
    }

    /** Makes the line's operations CA, which certified the station, the present owner's. */
    void pinOwner() {
        VerificationKey operationsCa =
                VerificationKey.of(station.certificates().get(1).getPublicKey());
        board.storage()
                .write(
                        StorageEntry.OWNER_CA_KEY_SHA256,
                        operationsCa.spkiSha256().bytes());
    }

    private Accepted stored() {
        Accepted identity = accepted;
        if (identity == null) {
            throw new IllegalStateException("asked for an identity before one was accepted");
        }
        return identity;
    }

    private VerifiedStation verifyStation(Envelope bundleEnvelope, List<ByteString> crlsDer) {
        X509Certificate root = station.certificates().get(station.certificates().size() - 1);
        if (!Certificates.sha256(root).equals(board.rootSha256())) {
            return new VerifiedStation.Distrusted(
                    new Fault("PATH", "the station's chain does not end at this firmware's root"));
        }
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(root, bundleEnvelope, knownRevision(root));
        if (opened instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
            return new VerifiedStation.Distrusted(
                    new Fault(rejected.code().name(), "trust bundle: " + rejected.reason()));
        }
        TrustedBundle bundle = ((DocumentResult.Verified<TrustedBundle>) opened).document();
        List<X509CRL> lists = crlsDer.size() > CrlSet.MOST
                ? List.of()
                : crlsDer.stream()
                        .flatMap(der -> Certificates.crlFromDer(der.toByteArray()).stream())
                        .toList();
        Instant now = board.clock().instant();
        CrlSet crls = new CrlSet(lists, CrlProfile.FIELD, now);
        PathResult path = PathValidator.of(root).validateRole(station, Role.STATION, bundle, now, crls);
        if (path instanceof PathResult.Rejected rejected) {
            return new VerifiedStation.Distrusted(new Fault(rejected.code().name(), "station: " + rejected.reason()));
        }
        return new VerifiedStation.Trusted(bundle, crls);
    }

    /** A revision that was accepted once is never undercut. */
    private OptionalLong knownRevision(X509Certificate root) {
        return storedIssue()
                .map(CertIssue::getTrustBundle)
                .map(bundle -> TrustedBundle.open(root, bundle, OptionalLong.empty()))
                .filter(result -> result instanceof DocumentResult.Verified<TrustedBundle>)
                .map(result -> OptionalLong.of(((DocumentResult.Verified<TrustedBundle>) result)
                        .document()
                        .revision()))
                .orElse(OptionalLong.empty());
    }

    private Optional<String> storedSerial() {
        if (storedIssue().isEmpty()) {
            return Optional.empty();
        }
        return board.storage().read(StorageEntry.CLAIM_GRANT).flatMap(bytes -> {
            try {
                return Optional.of(ClaimGrant.parseFrom(bytes).getSerial());
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<CertIssue> storedIssue() {
        return board.storage().read(StorageEntry.CERT_ISSUE).flatMap(bytes -> {
            try {
                return Optional.of(CertIssue.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<CertificateChain> chain(List<ByteString> der) {
        return CertificateChain.fromDer(
                der.stream().map(ByteString::toByteArray).toList());
    }

    private static Optional<Fault> fault(String code, String detail) {
        return Optional.of(new Fault(code, detail));
    }
}
