package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.v1.Envelope;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CertifiedEnvelopeTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final byte[] PAYLOAD = "record".getBytes(StandardCharsets.UTF_8);

    private final TlsIdentity station = LICENSOR.station("station-1");
    private final Envelope signed = CertifiedEnvelope.sign(PayloadType.BIRTH_RECORD, PAYLOAD, station);
    private final CertifiedEnvelopeVerifier verifier =
            CertifiedEnvelopeVerifier.of(LICENSOR.bundle(), Role.STATION, LICENSOR.crls());

    @Test
    void verifiesFromTheRootAlone() {
        assertThat(verify(signed)).isInstanceOfSatisfying(CertifiedResult.Verified.class, verified -> {
            assertThat(verified.payload()).isEqualTo(PAYLOAD);
            assertThat(verified.holder().id()).isEqualTo("station-1");
            assertThat(verified.key()).isEqualTo(station.key().key());
        });
    }

    @Test
    void refusesAnotherRoleTypeOrRevokedStation() {
        assertRejected(
                verify(CertifiedEnvelope.sign(PayloadType.BIRTH_RECORD, PAYLOAD, LICENSOR.ground("g"))), "POLICY");
        assertRejected(verify(CertifiedEnvelope.sign(PayloadType.LICENSE, PAYLOAD, station)), "WRONG_TYPE");
        CertifiedEnvelopeVerifier revoking = CertifiedEnvelopeVerifier.of(
                LICENSOR.bundle(), Role.STATION, LICENSOR.crls(station.chain().leaf()));
        assertRejected(revoking.verify(signed, PayloadType.BIRTH_RECORD, TestLicensor.NOW), "REVOKED");
    }

    @Test
    void refusesAnotherKeysSignatureUnderAStationsChain() {
        Envelope foreign = DsseSigner.sign(PayloadType.BIRTH_RECORD, PAYLOAD, TestLicensor.p256());
        Envelope grafted = foreign.toBuilder()
                .setSignatures(
                        0,
                        foreign.getSignatures(0).toBuilder()
                                .addAllCertificateChain(signed.getSignatures(0).getCertificateChainList()))
                .build();
        assertRejected(verify(grafted), "UNKNOWN_SIGNER");
        assertRejected(verify(foreign), "PATH");
        assertRejected(verify(Envelope.getDefaultInstance()), "MALFORMED");
    }

    @Test
    void noticesEveryFlippedBit() {
        byte[] genuine = signed.toByteArray();
        for (int bit = 0; bit < genuine.length * 8; bit += 7) {
            byte[] flipped = genuine.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(verify(Envelope.parseFrom(flipped)))
                        .as("bit " + bit)
                        .isInstanceOf(CertifiedResult.Rejected.class);
            } catch (InvalidProtocolBufferException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private CertifiedResult verify(Envelope envelope) {
        return verifier.verify(envelope, PayloadType.BIRTH_RECORD, TestLicensor.NOW);
    }

    private static void assertRejected(CertifiedResult result, String code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CertifiedResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
