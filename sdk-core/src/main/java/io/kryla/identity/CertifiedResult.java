package io.kryla.identity;

import io.kryla.keys.VerificationKey;

/** What became of a document that was signed with a certified key. */
public sealed interface CertifiedResult {
    /** The holder of a certificate of the role asked for signed exactly this payload. */
    final class Verified implements CertifiedResult {
        private final byte[] payload;
        private final VerificationKey key;
        private final Role role;
        private final Holder holder;
        private final CertificateChain chain;

        Verified(byte[] payload, VerificationKey key, Role role, Holder holder, CertificateChain chain) {
            this.payload = payload;
            this.key = key;
            this.role = role;
            this.holder = holder;
            this.chain = chain;
        }

        /** A copy of the exact signed bytes. */
        public byte[] payload() {
            return payload.clone();
        }

        public VerificationKey key() {
            return key;
        }

        /** The one role that its certificate is for. */
        public Role role() {
            return role;
        }

        public Holder holder() {
            return holder;
        }

        public CertificateChain chain() {
            return chain;
        }
    }

    /** @param code name of a {@link PathRejection} or of a {@code DsseRejection} */
    record Rejected(String code, String reason) implements CertifiedResult {}
}
