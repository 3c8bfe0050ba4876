package io.kryla.bench.telemetry;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's AES-256-GCM and nothing else. */
final class BareCipher {
    /** Of SFrame, from the 65,536th frame of a step on. */
    static final int HEADER_BYTES = 9;

    static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int MOST_BYTES = 2_048;

    private final SecretKey key = new SecretKeySpec(random(32), "AES");
    private final byte[] header = random(HEADER_BYTES);
    private final byte[] plaintext = random(MOST_BYTES);
    private final byte[] out = new byte[MOST_BYTES];
    private final Nonce nonce = new Nonce();
    private final Cipher cipher;

    BareCipher() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Counts up in two arrays by turns, so that the parameter object's own garbage is not counted as the cipher's. */
    private static final class Nonce extends GCMParameterSpec {
        private byte[] current = new byte[NONCE_BYTES];
        private byte[] before = new byte[NONCE_BYTES];
        private long counter;

        Nonce() {
            super(8 * TAG_BYTES, new byte[0]);
        }

        Nonce next() {
            byte[] next = before;
            before = current;
            current = next;
            counter++;
            for (int i = 0; i < Long.BYTES; i++) {
                next[NONCE_BYTES - 1 - i] = (byte) (counter >>> (8 * i));
            }
            return this;
        }

        @Override
        public byte[] getIV() {
            return current;
        }
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    void seal(int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce.next());
            cipher.updateAAD(header, 0, header.length);
            cipher.doFinal(plaintext, 0, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to seal", e);
        }
    }
}
