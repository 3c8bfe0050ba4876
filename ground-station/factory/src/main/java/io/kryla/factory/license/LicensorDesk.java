package io.kryla.factory.license;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.License;
import io.kryla.v1.TrustBundle;
import java.security.cert.X509Certificate;
import java.util.OptionalLong;

/**
 * Where the licensor signs what the lines live by. Nothing leaves the desk that a line would refuse: every document is
 * verified, as its receiver will, before it is handed out.
 *
 * <p>Licenses and firmware releases need several persons: the first proposes, each further one approves the same bytes.
 */
public final class LicensorDesk {
    private final TrustedBundle bundle;

    private LicensorDesk(TrustedBundle bundle) {
        this.bundle = bundle;
    }

    /** A desk whose documents are for those who hold this bundle. */
    public static LicensorDesk of(TrustedBundle bundle) {
        return new LicensorDesk(bundle);
    }

    /** Signs a trust bundle with the root's key. */
    public static TrustedBundle issueBundle(TrustBundle content, X509Certificate root, Signer rootKey) {
        Envelope envelope = DsseSigner.sign(PayloadType.TRUST_BUNDLE, content.toByteArray(), rootKey);
        return verified(TrustedBundle.open(root, envelope, OptionalLong.empty()));
    }

    /** The next revision of a license: what is given, with revision and previous hash set. */
    public static License nextRevision(VerifiedLicense previous, License changed) {
        return changed.toBuilder()
                .setRevision(previous.content().getRevision() + 1)
                .setPreviousSha256(ByteString.copyFrom(previous.payloadSha256().bytes()))
                .build();
    }

    public Envelope proposeLicense(License content, Signer proposer) {
        return DsseSigner.sign(PayloadType.LICENSE, content.toByteArray(), proposer);
    }

    public Envelope proposeFirmware(FirmwareManifest content, Signer proposer) {
        return DsseSigner.sign(PayloadType.FIRMWARE_MANIFEST, content.toByteArray(), proposer);
    }

    /** Adds another person's signature to a proposal that this person has looked at. */
    public Envelope approve(Envelope proposal, Signer approver) {
        return DsseSigner.add(proposal, approver);
    }

    /** Proves that enough persons signed; throws with the reason if a line would refuse the license. */
    public VerifiedLicense issueLicense(Envelope approved) {
        return verified(VerifiedLicense.open(bundle, approved));
    }

    /** Proves that enough persons signed; throws with the reason if a line would refuse the release. */
    public VerifiedFirmwareManifest issueFirmware(Envelope approved) {
        return verified(VerifiedFirmwareManifest.open(bundle, approved));
    }

    private static <T> T verified(DocumentResult<T> result) {
        if (result instanceof DocumentResult.Rejected) {
            DocumentResult.Rejected<T> rejected = (DocumentResult.Rejected<T>) result;
            throw new IllegalArgumentException(
                    "document: one that a line accepts expected, got " + rejected.code() + ": " + rejected.reason());
        }
        return ((DocumentResult.Verified<T>) result).document();
    }
}
