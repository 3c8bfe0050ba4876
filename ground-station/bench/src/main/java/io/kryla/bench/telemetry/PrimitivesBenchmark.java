package io.kryla.bench.telemetry;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The least that any receiver of that kind has to pay: the JDK's AES-GCM and SHA-256 on the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrimitivesBenchmark {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private final SecretKey key = new SecretKeySpec(BareCipher.random(32), "AES");
    private final byte[] header = BareCipher.random(BareCipher.HEADER_BYTES);
    private final byte[][] nonces = new byte[GroundBenchmark.SINGLES][];
    private final byte[][] sealed = new byte[GroundBenchmark.SINGLES][];
    private final byte[] out = new byte[2_048];
    private final byte[] hash = new byte[32];
    private final Cipher cipher;
    private final MessageDigest sha256;

    public PrimitivesBenchmark() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM and SHA-256", e);
        }
    }

    @Setup
    public void sealSingles() throws GeneralSecurityException {
        int plaintextBytes = SealedFlight.of(1, 1).datagrams().get(1).length - BareCipher.HEADER_BYTES - TAG_BITS / 8;
        for (int i = 0; i < sealed.length; i++) {
            nonces[i] = BareCipher.random(NONCE_BYTES);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonces[i]));
            cipher.updateAAD(header);
            sealed[i] = cipher.doFinal(BareCipher.random(plaintextBytes));
        }
    }

    /** A message is a datagram of one sample. */
    @Benchmark
    @OperationsPerInvocation(GroundBenchmark.SINGLES)
    public byte openSingle() throws GeneralSecurityException {
        byte last = 0;
        for (int i = 0; i < sealed.length; i++) {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonces[i]));
            cipher.updateAAD(header);
            int length = cipher.doFinal(sealed[i], 0, sealed[i].length, out, 0);
            sha256.update(out, 0, length);
            sha256.digest(hash, 0, hash.length);
            last ^= hash[0];
        }
        return last;
    }
}
