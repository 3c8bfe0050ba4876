package io.kryla.factory.handover;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.ownership.HandoverReceipts;
import io.kryla.ownership.Voucher;
import io.kryla.ownership.VoucherResult;
import io.kryla.ownership.VoucherVerifier;
import io.kryla.v1.Capsule;
import io.kryla.v1.VoucherHeader;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Verifies a capsule offline, from the root certificate alone (protocol.md §12.3), in this order: bundle and license,
 * birth, acceptance, authorisation, voucher, receipt. Immutable, safe for any thread; never throws on a capsule's content.
 */
public final class CapsuleVerifier {
    /** Largest capsule in bytes. */
    public static final int LARGEST = 1 << 22;

    private final X509Certificate root;
    private final OptionalLong knownRevision;

    private CapsuleVerifier(X509Certificate root, OptionalLong knownRevision) {
        this.root = root;
        this.knownRevision = knownRevision;
    }

    /** @param root known beforehand, from outside the capsule */
    public static CapsuleVerifier of(X509Certificate root) {
        return new CapsuleVerifier(root, OptionalLong.empty());
    }

    /** The same, refusing trust bundles older than one already known. */
    public CapsuleVerifier withKnownRevision(long revision) {
        return new CapsuleVerifier(root, OptionalLong.of(revision));
    }

    /** @param now to which the age of revocation lists refers */
    public CapsuleResult verify(byte[] untrusted, Instant now) {
        if (untrusted.length > LARGEST) {
            return rejected(CapsuleFault.MALFORMED, "capsule", "larger than " + LARGEST + " bytes");
        }
        try {
            return verify(Capsule.parseFrom(untrusted), now);
        } catch (InvalidProtocolBufferException e) {
            return rejected(CapsuleFault.MALFORMED, "capsule", "not a Capsule");
        }
    }

    private CapsuleResult verify(Capsule capsule, Instant now) {
        var openedBundle = TrustedBundle.open(root, capsule.getTrustBundle(), knownRevision);
        if (openedBundle instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
            return rejected(rejected.code().name(), "trust_bundle", rejected.reason());
        }
        TrustedBundle bundle = ((DocumentResult.Verified<TrustedBundle>) openedBundle).document();
        var openedLicense = VerifiedLicense.open(bundle, capsule.getLicense());
        if (openedLicense instanceof DocumentResult.Rejected<VerifiedLicense> rejected) {
            return rejected(rejected.code().name(), "license", rejected.reason());
        }
        VerifiedLicense license = ((DocumentResult.Verified<VerifiedLicense>) openedLicense).document();
        Optional<List<X509CRL>> lists = crls(capsule.getCrlsList());
        if (lists.isEmpty()) {
            return rejected(CapsuleFault.MALFORMED, "crls", "up to " + CrlSet.MOST + " revocation lists expected");
        }
        CapsuleTrust trust = CapsuleTrust.of(bundle, license, new CrlSet(lists.get(), CrlProfile.FIELD, now));
        BirthProof.Result birth = BirthProof.verify(capsule, trust);
        if (birth instanceof BirthProof.Rejected rejected) {
            return rejected.result();
        }
        BirthProof.Proven born = (BirthProof.Proven) birth;
        AcceptanceProof.Result acceptance = AcceptanceProof.verify(capsule, trust, born);
        if (acceptance instanceof AcceptanceProof.Rejected rejected) {
            return rejected.result();
        }
        return verifyHandover(capsule, trust, born, (AcceptanceProof.Proven) acceptance);
    }

    private static CapsuleResult verifyHandover(
            Capsule capsule, CapsuleTrust trust, BirthProof.Proven born, AcceptanceProof.Proven accepted) {
        var openedAuthorisation = VerifiedExportAuthorisation.open(trust.bundle(), capsule.getExportAuthorisation());
        if (openedAuthorisation instanceof DocumentResult.Rejected<VerifiedExportAuthorisation> rejected) {
            return rejected(
                    AuthorisationFault.SIGNATURE, "export_authorisation", rejected.code() + ": " + rejected.reason());
        }
        var authorisation = ((DocumentResult.Verified<VerifiedExportAuthorisation>) openedAuthorisation).document();
        VoucherResult voucherResult = VoucherVerifier.of(trust.stations(), trust.ledgers())
                .verify(capsule.getHeader(), capsule.getStepsList(), accepted.at());
        if (voucherResult instanceof VoucherResult.Rejected rejected) {
            return rejected(rejected.code(), "voucher", rejected.reason());
        }
        Voucher voucher = ((VoucherResult.Verified) voucherResult).voucher();
        if (!isOf(voucher.header(), born, accepted, trust)) {
            return rejected(CapsuleFault.HEADER_MISMATCH, "header", "a header of this birth and acceptance expected");
        }
        if (voucher.transfers().isEmpty()) {
            return rejected(CapsuleFault.NOT_HANDED_OVER, "steps", "a transfer expected");
        }
        Optional<AuthorisationFault> unauthorised =
                AuthorisationCheck.of(authorisation, trust.bundle()).check(voucher);
        if (unauthorised.isPresent()) {
            return rejected(
                    unauthorised.get().code(),
                    "export_authorisation",
                    unauthorised.get().reason());
        }
        Optional<HandoverReceipts.Fault> unreceipted =
                HandoverReceipts.check(capsule.getReceipt(), voucher, born.idevidKey());
        if (unreceipted.isPresent()) {
            return rejected(
                    unreceipted.get().code(), "receipt", unreceipted.get().reason());
        }
        return new CapsuleResult.Verified(new CapsuleFacts(
                trust.license().content(),
                born.record(),
                born.index(),
                born.at(),
                accepted.record(),
                accepted.index(),
                voucher,
                trust.bundle().revision(),
                born.oldestCrl()));
    }

    private static boolean isOf(
            VoucherHeader header, BirthProof.Proven born, AcceptanceProof.Proven accepted, CapsuleTrust trust) {
        return header.getSerial().equals(born.record().getSerial())
                && Certificates.sha256(born.idevid())
                        .matches(header.getIdevidCertificateSha256().toByteArray())
                && header.getBornIndex() == born.index()
                && header.getAcceptedIndex() == accepted.index()
                && header.getLedgerOrigin().equals(trust.license().content().getLedgerOrigin())
                && header.getOwnerId().equals(trust.license().content().getLine());
    }

    /** Empty when one does not parse: a list that is left out could be the one that revokes. */
    private static Optional<List<X509CRL>> crls(List<ByteString> der) {
        if (der.size() > CrlSet.MOST) {
            return Optional.empty();
        }
        List<X509CRL> lists = der.stream()
                .flatMap(one -> Certificates.crlFromDer(one.toByteArray()).stream())
                .toList();
        return lists.size() == der.size() ? Optional.of(lists) : Optional.empty();
    }

    private static CapsuleResult.Rejected rejected(String code, String where, String reason) {
        return new CapsuleResult.Rejected(code, where, reason);
    }
}
