package io.kryla.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/** ECDSA signatures between raw r ‖ s and DER, which X.509 and TLS alone use (RFC 3279 §2.2.3). */
public final class EcdsaDer {
    private static final int LONGEST = 110;

    private EcdsaDer() {}

    /** DER of a raw signature. */
    public static byte[] encode(Signature raw) {
        byte[] bytes = raw.bytes();
        int half = bytes.length / 2;
        try {
            return new DERSequence(new ASN1Integer[] {
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(bytes, 0, half))),
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(bytes, half, bytes.length)))
                    })
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("encoding into memory does not fail", e);
        }
    }

    /** Raw form of untrusted DER; empty unless it is the DER of two integers that are not negative and fit the algorithm. */
    public static Optional<Signature> decode(byte[] untrusted, SignatureAlgorithm algorithm) {
        if (!algorithm.isEcdsa() || untrusted.length > LONGEST) {
            return Optional.empty();
        }
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(untrusted));
            int half = algorithm.signatureLength() / 2;
            byte[] raw = new byte[2 * half];
            if (sequence.size() != 2
                    || !place(sequence, 0, raw, half)
                    || !place(sequence, 1, raw, 2 * half)
                    || !Arrays.equals(sequence.getEncoded("DER"), untrusted)) {
                return Optional.empty();
            }
            return Optional.of(Signature.of(raw));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Writes the integer right-aligned so that it ends at the given offset. */
    private static boolean place(ASN1Sequence sequence, int index, byte[] raw, int end) {
        BigInteger value = ASN1Integer.getInstance(sequence.getObjectAt(index)).getValue();
        if (value.signum() < 0) {
            return false;
        }
        byte[] bytes = value.toByteArray();
        int skip = bytes[0] == 0 ? 1 : 0;
        int length = bytes.length - skip;
        if (length > raw.length / 2) {
            return false;
        }
        System.arraycopy(bytes, skip, raw, end - length, length);
        return true;
    }
}
