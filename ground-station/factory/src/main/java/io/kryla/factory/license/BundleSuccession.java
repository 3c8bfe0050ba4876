package io.kryla.factory.license;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.license.LicenseDecision.Rejected;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.TrustBundle;
import java.util.Optional;

/** Revisions of one root's trust bundle: each names the hash of the one before it, and none comes twice or goes back. */
public final class BundleSuccession {
    public static final String BUNDLE_ROLLBACK = "BUNDLE_ROLLBACK";
    /** It skips a revision, or follows another bundle than the one known. */
    public static final String BUNDLE_CHAIN = "BUNDLE_CHAIN";

    private BundleSuccession() {}

    /** Why {@code next} does not follow; empty if it does, or is the very one that is known. */
    public static Optional<Rejected> check(TrustedBundle known, TrustedBundle next) {
        if (next.payloadSha256().equals(known.payloadSha256())) {
            return Optional.empty();
        }
        if (next.revision() < known.revision()) {
            return Optional.of(new Rejected(
                    BUNDLE_ROLLBACK,
                    "trust bundle revision " + known.revision() + " is known, got " + next.revision()));
        }
        boolean follows = next.revision() == known.revision() + 1
                && known.payloadSha256()
                        .matches(content(next).getPreviousSha256().toByteArray());
        return follows
                ? Optional.empty()
                : Optional.of(new Rejected(
                        BUNDLE_CHAIN,
                        "trust bundle revision " + next.revision() + " does not follow the known revision "
                                + known.revision()));
    }

    /** The content of a verified bundle. */
    public static TrustBundle content(TrustedBundle bundle) {
        try {
            return TrustBundle.parseFrom(bundle.envelope().getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a verified bundle parses", e);
        }
    }
}
