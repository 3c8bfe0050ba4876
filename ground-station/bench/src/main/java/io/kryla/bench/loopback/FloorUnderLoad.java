package io.kryla.bench.loopback;

import io.kryla.bench.reference.ReferenceTelemetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What no receiver of that kind can save, behind the same port: datagrams as long as Kryla's, opened by the JDK's AES-256-GCM, and
 * their SHA-256. Nothing is decoded, kept, answered or handed on.
 */
final class FloorUnderLoad implements AutoCloseable {
    private static final int DATAGRAMS = 1_024;
    /** Of SFrame, from the 65,536th frame of a step on. */
    private static final int HEADER_BYTES = 9;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key = new SecretKeySpec(random(32), "AES");
    private final GCMParameterSpec[] nonces = new GCMParameterSpec[DATAGRAMS];
    private final byte[] plaintext;
    private final byte[] hash = new byte[32];
    private final Cipher cipher;
    private final MessageDigest sha256;
    private final FloodedPort port;

    /** @param plaintextBytes of each datagram: kind byte and record */
    FloorUnderLoad(int plaintextBytes) throws IOException {
        plaintext = new byte[plaintextBytes];
        ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            sha256 = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < DATAGRAMS; i++) {
                nonces[i] = new GCMParameterSpec(TAG_BITS, random(NONCE_BYTES));
                datagrams[i] = seal(i, random(plaintextBytes));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM and SHA-256", e);
        }
        port = new FloodedPort(datagrams, this::take);
    }

    /** The header, which is the associated data, says which nonce is the datagram's. */
    private ByteBuffer seal(int number, byte[] body) throws GeneralSecurityException {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES).putInt(number).array();
        cipher.init(Cipher.ENCRYPT_MODE, key, nonces[number]);
        cipher.updateAAD(header);
        byte[] sealed = cipher.doFinal(body);
        return ByteBuffer.allocateDirect(header.length + sealed.length)
                .put(header)
                .put(sealed)
                .flip();
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void take(byte[] buffer, int length) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonces[ByteBuffer.wrap(buffer).getInt()]);
            cipher.updateAAD(buffer, 0, HEADER_BYTES);
            int opened = cipher.doFinal(buffer, HEADER_BYTES, length - HEADER_BYTES, plaintext, 0);
            sha256.update(plaintext, 0, opened);
            sha256.digest(hash, 0, hash.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed by this process", e);
        }
    }

    /** Returns the samples that such datagrams would hold, for each second of the receiver's CPU time. */
    double run(int millis) throws IOException {
        return port.run(millis) * ReferenceTelemetry.SAMPLES_PER_DATAGRAM;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
