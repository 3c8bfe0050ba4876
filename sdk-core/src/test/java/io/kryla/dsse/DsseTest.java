package io.kryla.dsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DsseTest {
    private static final String TYPE = PayloadType.LICENSE;
    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    private final SoftwareSigner first = signer(SignatureAlgorithm.ED25519);
    private final SoftwareSigner second = signer(SignatureAlgorithm.ED25519);
    private final Set<VerificationKey> both = Set.of(first.key(), second.key());

    /** The example of the DSSE v1 protocol specification. */
    @Test
    void encodesThePublishedPreAuthentication() {
        byte[] encoded = PreAuthenticationEncoding.of(
                "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    /** The signature of the same example, and the key whose coordinates it gives. */
    @Test
    void verifiesThePublishedSignature() {
        byte[] x = unsigned("46950820868899156662930047687818585632848591499744589407958293238635476079160");
        byte[] y = unsigned("5640078356564379163099075877009565129882514886557779369047442380624545832820");
        byte[] raw = new byte[64];
        System.arraycopy(x, 0, raw, 0, 32);
        System.arraycopy(y, 0, raw, 32, 32);
        VerificationKey key = VerificationKey.fromRaw(SignatureAlgorithm.ECDSA_P256_SHA256, raw)
                .orElseThrow();
        byte[] signature = java.util.Base64.getDecoder()
                .decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");
        byte[] signed = PreAuthenticationEncoding.of(
                "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(key.verify(signed, Signature.of(signature))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void givesBackWhatWasSigned(SignatureAlgorithm algorithm) {
        SoftwareSigner signer = signer(algorithm);
        DsseResult result = DsseVerifier.verify(DsseSigner.sign(TYPE, PAYLOAD, signer), TYPE, Set.of(signer.key()), 1);
        assertThat(result).isInstanceOfSatisfying(DsseResult.Verified.class, verified -> {
            assertThat(verified.payload()).isEqualTo(PAYLOAD);
            assertThat(verified.signers()).containsExactly(signer.key());
        });
    }

    @Test
    void countsDistinctKeys() {
        Envelope once = DsseSigner.sign(TYPE, PAYLOAD, first);
        assertThat(DsseVerifier.verify(DsseSigner.add(once, second), TYPE, both, 2))
                .isInstanceOf(DsseResult.Verified.class);
        assertRejected(once, 2, DsseRejection.THRESHOLD);
        assertRejected(DsseSigner.add(once, first), 2, DsseRejection.THRESHOLD);
    }

    @Test
    void refusesAKeyThatMayNotSignEvenWhereEnoughOthersDid() {
        Envelope envelope = DsseSigner.sign(TYPE, PAYLOAD, first, second, signer(SignatureAlgorithm.ED25519));
        assertRejected(envelope, 2, DsseRejection.UNKNOWN_SIGNER);
    }

    @Test
    void refusesAWrongSignatureEvenWhereEnoughOthersAreRight() {
        Envelope envelope = DsseSigner.sign(TYPE, PAYLOAD, first, second);
        EnvelopeSignature swapped = envelope.getSignatures(1).toBuilder()
                .setSig(envelope.getSignatures(0).getSig())
                .build();
        assertRejected(envelope.toBuilder().setSignatures(1, swapped).build(), 1, DsseRejection.BAD_SIGNATURE);
    }

    @Test
    void refusesAnotherPayloadOrType() {
        Envelope envelope = DsseSigner.sign(TYPE, PAYLOAD, first);
        assertRejected(
                envelope.toBuilder()
                        .setPayload(ByteString.copyFromUtf8("payloae"))
                        .build(),
                1,
                DsseRejection.BAD_SIGNATURE);
        assertRejected(
                envelope.toBuilder().setPayloadType(PayloadType.TRUST_BUNDLE).build(), 1, DsseRejection.WRONG_TYPE);
        Envelope otherType = DsseSigner.sign(PayloadType.TRUST_BUNDLE, PAYLOAD, first);
        assertRejected(otherType.toBuilder().setPayloadType(TYPE).build(), 1, DsseRejection.BAD_SIGNATURE);
    }

    @Test
    void refusesUnknownFieldsAndUnreasonableSizes() {
        Envelope envelope = DsseSigner.sign(TYPE, PAYLOAD, first);
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        assertRejected(envelope.toBuilder().setUnknownFields(unknown).build(), 1, DsseRejection.MALFORMED);
        EnvelopeSignature signature =
                envelope.getSignatures(0).toBuilder().setUnknownFields(unknown).build();
        assertRejected(envelope.toBuilder().setSignatures(0, signature).build(), 1, DsseRejection.MALFORMED);
        EnvelopeSignature withChain = envelope.getSignatures(0).toBuilder()
                .addCertificateChain(ByteString.copyFromUtf8("unsigned"))
                .build();
        assertRejected(envelope.toBuilder().setSignatures(0, withChain).build(), 1, DsseRejection.MALFORMED);
        assertRejected(Envelope.getDefaultInstance(), 1, DsseRejection.MALFORMED);
        Envelope.Builder many = envelope.toBuilder();
        for (int i = 0; i < DsseVerifier.MOST_SIGNATURES; i++) {
            many.addSignatures(envelope.getSignatures(0));
        }
        assertRejected(many.build(), 1, DsseRejection.MALFORMED);
        assertRejected(
                DsseSigner.sign(TYPE, new byte[DsseVerifier.LARGEST_PAYLOAD + 1], first), 1, DsseRejection.MALFORMED);
    }

    @Test
    void namesTheArgumentOfACallersMistake() {
        assertThatThrownBy(() -> DsseVerifier.verify(Envelope.getDefaultInstance(), TYPE, both, 0))
                .hasMessageContaining("threshold");
    }

    private void assertRejected(Envelope envelope, int threshold, DsseRejection code) {
        assertThat(DsseVerifier.verify(envelope, TYPE, both, threshold))
                .isInstanceOfSatisfying(
                        DsseResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }

    private static SoftwareSigner signer(SignatureAlgorithm algorithm) {
        return SoftwareSigner.generate(algorithm, new SecureRandom());
    }

    private static byte[] unsigned(String decimal) {
        byte[] bytes = new java.math.BigInteger(decimal).toByteArray();
        byte[] padded = new byte[32];
        int skip = bytes[0] == 0 ? 1 : 0;
        System.arraycopy(bytes, skip, padded, 32 - (bytes.length - skip), bytes.length - skip);
        return padded;
    }
}
