package io.kryla.sframe;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals frames under one key (RFC 9605 §4.4.3). No counter is ever used twice: it starts at 0, grows by one a frame, and
 * the sealer refuses to go on at its end. The AAD is the header; there is no metadata. Not thread-safe: one owner.
 */
public final class FrameSealer {
    public static final int TAG_BYTES = 16;
    /** Largest counter; far beyond the frames an AES-GCM key may seal (RFC 9605 §9.1), and not negative as a long. */
    public static final long MAX_COUNTER = (1L << 48) - 1;

    private final SFrameKey key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[SFrameKey.NONCE_BYTES];
    private long nextCounter;

    public FrameSealer(SFrameKey key) {
        this(key, 0);
    }

    /** For the published vectors, whose counter is not 0. */
    FrameSealer(SFrameKey key, long firstCounter) {
        this.key = key;
        this.cipher = newGcm();
        this.nextCounter = firstCounter;
    }

    /** Header, ciphertext and tag of {@code plaintext}. */
    public byte[] seal(byte[] plaintext) {
        return seal(plaintext, new byte[0]);
    }

    byte[] seal(byte[] plaintext, byte[] metadata) {
        if (nextCounter > MAX_COUNTER) {
            throw new IllegalStateException("the session has used up its counters: set up a new session");
        }
        SFrameHeader header = new SFrameHeader(key.kid(), nextCounter++);
        byte[] frame = new byte[header.encodedLength() + plaintext.length + TAG_BYTES];
        int headerLength = header.encodeInto(frame, 0);
        try {
            key.nonceInto(nonce, header.ctr());
            cipher.init(Cipher.ENCRYPT_MODE, key.secretKey(), new GCMParameterSpec(8 * TAG_BYTES, nonce));
            cipher.updateAAD(frame, 0, headerLength);
            cipher.updateAAD(metadata);
            cipher.doFinal(plaintext, 0, plaintext.length, frame, headerLength);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to seal", e);
        }
        return frame;
    }

    static Cipher newGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM/NoPadding", e);
        }
    }
}
