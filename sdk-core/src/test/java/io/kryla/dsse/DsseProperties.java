package io.kryla.dsse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import java.security.SecureRandom;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DsseProperties {
    private static final SoftwareSigner FIRST = SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom());
    private static final SoftwareSigner SECOND =
            SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, new SecureRandom());
    private static final Set<VerificationKey> KEYS = Set.of(FIRST.key(), SECOND.key());

    /** Whichever bit of a file, also where one of the two signatures would be enough. */
    @Property(tries = 500)
    void noFlippedBitGoesUnseen(
            @ForAll @Size(max = 50) byte[] payload, @ForAll @IntRange(min = 0, max = 1 << 20) int position) {
        byte[] file =
                DsseSigner.sign(PayloadType.LICENSE, payload, FIRST, SECOND).toByteArray();
        int bit = position % (file.length * 8);
        file[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(accepts(file)).isFalse();
    }

    @Property(tries = 500)
    void noiseIsRefused(@ForAll @Size(max = 200) byte[] noise) {
        assertThat(accepts(noise)).isFalse();
    }

    /** Different pairs of type and payload never encode to the same bytes. */
    @Property(tries = 500)
    void preAuthenticationIsUnambiguous(
            @ForAll String type, @ForAll @Size(max = 30) byte[] payload, @ForAll @IntRange(max = 30) int cut) {
        byte[] encoded = PreAuthenticationEncoding.of(type, payload);
        int moved = Math.min(cut, payload.length);
        String otherType = type + " " + new String(payload, 0, moved, java.nio.charset.StandardCharsets.UTF_8);
        byte[] otherPayload = java.util.Arrays.copyOfRange(payload, moved, payload.length);
        assertThat(PreAuthenticationEncoding.of(otherType, otherPayload)).isNotEqualTo(encoded);
    }

    private static boolean accepts(byte[] file) {
        try {
            return DsseVerifier.verify(Envelope.parseFrom(file), PayloadType.LICENSE, KEYS, 1)
                    instanceof DsseResult.Verified;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
