package io.kryla.sframe;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/**
 * AES-256-GCM on one {@link Cipher} that is never made anew. Allocates nothing but what the JDK's cipher allocates itself.
 *
 * <p>Serves any number of keys, one after the other; going back to the key of the call before is cheaper, since the JDK
 * then keeps its round keys. Not thread-safe: one owner.
 */
public final class GcmCipher {
    private final Cipher cipher;
    private final FrameNonce nonce = new FrameNonce();

    /** Confined to one thread. */
    public GcmCipher() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM/NoPadding", e);
        }
    }

    /** Seals behind the header that stands at {@code frameOffset}, which is the associated data, with what follows it. */
    void seal(
            SFrameKey key,
            long counter,
            byte[] metadata,
            byte[] plaintext,
            int offset,
            int length,
            byte[] frame,
            int frameOffset,
            int headerLength) {
        try {
            init(Cipher.ENCRYPT_MODE, key, counter, frame, frameOffset, headerLength, metadata);
            cipher.doFinal(plaintext, offset, length, frame, frameOffset + headerLength);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to seal", e);
        }
    }

    /** Returns the plaintext's length, or -1 when the tag does not fit; then nothing of it is in {@code out}. */
    int open(
            SFrameKey key,
            long counter,
            byte[] metadata,
            byte[] frame,
            int offset,
            int length,
            int headerLength,
            byte[] out,
            int outOffset) {
        try {
            init(Cipher.DECRYPT_MODE, key, counter, frame, offset, headerLength, metadata);
            return cipher.doFinal(frame, offset + headerLength, length - headerLength, out, outOffset);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to open", e);
        }
    }

    private void init(int mode, SFrameKey key, long counter, byte[] aad, int offset, int length, byte[] metadata)
            throws GeneralSecurityException {
        cipher.init(mode, key.secretKey(), nonce.moveTo(key, counter));
        cipher.updateAAD(aad, offset, length);
        if (metadata.length > 0) {
            cipher.updateAAD(metadata);
        }
    }
}
