package io.kryla.identity;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import io.kryla.v1.TrustBundle;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signed documents: envelopes as strangers write them, and contents as a hostile signer would sign them: trust bundles,
 * licenses, manifests, proofs of ledger leaves.
 */
class DocumentFuzzTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final TrustedBundle BUNDLE = LICENSOR.bundle();
    private static final Signer KEY = TestLicensor.ed25519();
    private static final CertifiedEnvelopeVerifier STATIONS =
            CertifiedEnvelopeVerifier.of(BUNDLE, Role.STATION, LICENSOR.crls());

    private final LedgerProofVerifier proofs = LedgerProofVerifier.of(BUNDLE);

    static Stream<byte[]> seeds() {
        LedgerLeaf leaf = LedgerLeaf.newBuilder().setSerial("KRYL5FUZZ1").build();
        long index = LICENSOR.ledger().append(leaf);
        LeafProof proof = LICENSOR.ledger().proof(leaf, index, LICENSOR.ledger().cosigned(TestLicensor.NOW));
        return Stream.of(
                DsseSigner.sign(PayloadType.LICENSE, new byte[] {8, 1}, KEY).toByteArray(),
                LICENSOR.bundleContent().build().toByteArray(),
                License.newBuilder()
                        .setPolicyOid(TestLicensor.LICENSE_OID)
                        .setRevision(1)
                        .setLine(TestLicensor.LINE)
                        .setLedgerOrigin(TestLicensor.LEDGER_ORIGIN)
                        .build()
                        .toByteArray(),
                FirmwareManifest.newBuilder().setVersion("1.0.0").build().toByteArray(),
                proof.toByteArray());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void documents(byte[] input) {
        Executions.count();
        Envelope envelope = parsed(Envelope.parser(), input);
        if (envelope != null) {
            DsseResult result = DsseVerifier.verify(envelope, PayloadType.LICENSE, Set.of(KEY.key()), 1);
            require(
                    !(result instanceof DsseResult.Verified) || envelope.getSignaturesCount() >= 1,
                    "nothing verifies unsigned");
            VerifiedLicense.open(BUNDLE, envelope);
            VerifiedFirmwareManifest.open(BUNDLE, envelope);
            STATIONS.verify(envelope, PayloadType.BIRTH_RECORD, Instant.EPOCH);
        }
        TrustBundle bundle = parsed(TrustBundle.parser(), input);
        if (bundle != null) {
            BundleContent.parse(bundle);
        }
        if (parsed(License.parser(), input) != null && input.length < 1_000) {
            VerifiedLicense.open(BUNDLE, signed(PayloadType.LICENSE, input));
        }
        if (parsed(FirmwareManifest.parser(), input) != null && input.length < 1_000) {
            VerifiedFirmwareManifest.open(BUNDLE, signed(PayloadType.FIRMWARE_MANIFEST, input));
        }
        LeafProof proof = parsed(LeafProof.parser(), input);
        if (proof != null) {
            proofs.verify(proof);
            proofs.verifyLineSigned(proof, TestLicensor.LEDGER_ORIGIN);
        }
    }

    private static Envelope signed(String type, byte[] payload) {
        Envelope envelope =
                DsseSigner.sign(type, payload, LICENSOR.licenseKeys().get(0));
        for (Signer signer : LICENSOR.licenseKeys().subList(1, BUNDLE.licenseThreshold())) {
            envelope = DsseSigner.add(envelope, signer);
        }
        return envelope;
    }

    private static <M extends Message> @org.jspecify.annotations.Nullable M parsed(Parser<M> parser, byte[] input) {
        try {
            return parser.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
