package io.kryla.keys;

/**
 * A key that signs and never leaves: the port behind which software keys, tokens and secure elements stand.
 *
 * <p>Implementations are safe for any thread. A device that cannot sign throws {@link KrylaException}.
 */
public interface Signer {
    /** The public part. */
    VerificationKey key();

    /** Signs the message with the key's one algorithm; the result verifies under {@link #key()}. */
    Signature sign(byte[] message);
}
