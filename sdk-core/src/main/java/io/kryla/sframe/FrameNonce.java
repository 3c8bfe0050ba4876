package io.kryla.sframe;

import javax.crypto.spec.GCMParameterSpec;

/**
 * The parameter object of a nonce, used again frame after frame: the JDK's own copies the nonce twice, 88 bytes of garbage
 * a frame.
 *
 * <p>The JDK's cipher keeps the array of the frame before and refuses to seal when the next nonce equals it, so two arrays
 * take turns. Not thread-safe; belongs to one {@link GcmCipher} and never escapes but to its cipher, which only reads.
 */
final class FrameNonce extends GCMParameterSpec {
    private static final byte[] COPIED_AND_NEVER_USED = {};

    private byte[] current = new byte[SFrameKey.NONCE_BYTES];
    private byte[] before = new byte[SFrameKey.NONCE_BYTES];

    FrameNonce() {
        super(8 * FrameSealer.TAG_BYTES, COPIED_AND_NEVER_USED);
    }

    /** Moves to the nonce of a frame. */
    FrameNonce moveTo(SFrameKey key, long counter) {
        byte[] next = before;
        before = current;
        current = next;
        key.nonceInto(next, counter);
        return this;
    }

    /** Unlike the JDK's, the array itself. */
    @Override
    public byte[] getIV() {
        return current;
    }
}
