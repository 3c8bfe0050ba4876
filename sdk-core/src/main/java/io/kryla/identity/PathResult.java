package io.kryla.identity;

import io.kryla.keys.VerificationKey;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** What became of a certificate chain. */
public sealed interface PathResult {
    /**
     * The chain leads to the root under the one policy asked for.
     *
     * @param leaf the leaf certificate
     * @param key its key
     * @param holder whom it names
     * @param policyOid the one policy, license or role, that the whole path carries
     * @param oldestCrl age of the oldest of the revocation lists that were needed; zero or more
     */
    record Valid(X509Certificate leaf, VerificationKey key, Holder holder, String policyOid, Duration oldestCrl)
            implements PathResult {}

    record Rejected(PathRejection code, String reason) implements PathResult {}
}
