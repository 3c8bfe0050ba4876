package io.kryla.sframe;

/** What became of a frame. */
public sealed interface OpenResult {
    /** Sealed by the holder of the key, and not opened before. The array is the caller's. */
    final class Opened implements OpenResult {
        private final byte[] plaintext;

        Opened(byte[] plaintext) {
            this.plaintext = plaintext;
        }

        public byte[] plaintext() {
            return plaintext;
        }
    }

    record Rejected(RejectReason reason) implements OpenResult {}
}
