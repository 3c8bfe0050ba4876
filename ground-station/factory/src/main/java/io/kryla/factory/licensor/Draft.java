package io.kryla.factory.licensor;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.License;
import io.kryla.v1.LicensorOrder;
import java.util.List;
import java.util.Set;

/**
 * A document on its way from one signer to the next: the exact bytes that all of them sign, and the signatures so far. Each
 * signer sees what it says, on a machine and with a key of their own.
 */
public final class Draft {
    /** What several persons sign. */
    private static final Set<String> TYPES =
            Set.of(PayloadType.LICENSE, PayloadType.FIRMWARE_MANIFEST, PayloadType.LICENSOR_ORDER);

    private Draft() {}

    public static Envelope of(License license) {
        return unsigned(PayloadType.LICENSE, license.toByteString());
    }

    public static Envelope of(FirmwareManifest manifest) {
        return unsigned(PayloadType.FIRMWARE_MANIFEST, manifest.toByteString());
    }

    public static Envelope of(LicensorOrder order) {
        return unsigned(PayloadType.LICENSOR_ORDER, order.toByteString());
    }

    private static Envelope unsigned(String type, ByteString payload) {
        return Envelope.newBuilder().setPayloadType(type).setPayload(payload).build();
    }

    /** Whether this is something that the holders of license keys sign. */
    public static boolean isDraft(Envelope untrusted) {
        return TYPES.contains(untrusted.getPayloadType());
    }

    /** Whether that key has signed already. */
    public static boolean isSignedBy(Envelope draft, VerificationKey key) {
        return draft.getSignaturesList().stream()
                .anyMatch(signature -> signature.getKeyid().equals(key.keyId()));
    }

    /** The draft with one more signature; whoever signs has read what it says. */
    public static Envelope sign(Envelope draft, Signer signer) {
        if (!isDraft(draft) || isSignedBy(draft, signer.key())) {
            throw new IllegalArgumentException("draft: one that this key has not signed expected");
        }
        return DsseSigner.add(draft, signer);
    }

    /** How many distinct license keys of the bundle have validly signed. */
    public static int signatures(Envelope draft, TrustedBundle bundle) {
        return (int) bundle.licenseKeys().stream()
                .filter(key -> verifies(draft, key))
                .count();
    }

    private static boolean verifies(Envelope draft, VerificationKey key) {
        List<EnvelopeSignature> own = draft.getSignaturesList().stream()
                .filter(signature -> signature.getKeyid().equals(key.keyId()))
                .toList();
        Envelope alone =
                draft.toBuilder().clearSignatures().addAllSignatures(own).build();
        return DsseVerifier.verify(alone, draft.getPayloadType(), Set.of(key), 1) instanceof DsseResult.Verified;
    }
}
