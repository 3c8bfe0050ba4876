package io.kryla.dsse;

import io.kryla.keys.VerificationKey;
import java.util.Set;

/** What became of an envelope. */
public sealed interface DsseResult {
    /** The payload is exactly what every one of the signers signed. */
    final class Verified implements DsseResult {
        private final byte[] payload;
        private final Set<VerificationKey> signers;

        Verified(byte[] payload, Set<VerificationKey> signers) {
            this.payload = payload;
            this.signers = Set.copyOf(signers);
        }

        /** A copy of the exact signed bytes. */
        public byte[] payload() {
            return payload.clone();
        }

        public Set<VerificationKey> signers() {
            return signers;
        }
    }

    record Rejected(DsseRejection code, String reason) implements DsseResult {}
}
