package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.v1.Envelope;
import io.kryla.v1.TrustBundle;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TrustedBundleTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final TestLicensor OTHER = new TestLicensor();

    @Test
    void opensFromTheRootAlone() {
        TrustedBundle bundle = LICENSOR.bundle();
        assertThat(bundle.revision()).isEqualTo(1);
        assertThat(bundle.licenseKeys()).hasSize(3);
        assertThat(bundle.licenseThreshold()).isEqualTo(2);
        assertThat(bundle.ledger(TestLicensor.LEDGER_ORIGIN))
                .contains(new LedgerIdentity(
                        TestLicensor.LEDGER_ORIGIN,
                        TestLicensor.LINE,
                        LICENSOR.ledger().key()));
        assertThat(bundle.ledger("kryla.example/ledger/GB-01")).isEmpty();
        assertThat(bundle.policyOid(Role.STATION)).isEqualTo(TestLicensor.STATION_OID);
        assertThat(bundle.makerCodeAssigned()).isFalse();
    }

    @Test
    void refusesAnotherSigner() {
        Envelope forged = DsseSigner.sign(
                PayloadType.TRUST_BUNDLE,
                LICENSOR.bundleContent().build().toByteArray(),
                OTHER.root().signer());
        assertRejected(open(forged, OptionalLong.empty()), DocumentRejection.UNKNOWN_SIGNER);
    }

    @Test
    void refusesABundleOfAnotherRootCertificate() {
        TrustBundle.Builder content = LICENSOR.bundleContent()
                .setRootCertificateSha256(OTHER.bundleContent().getRootCertificateSha256());
        assertRejected(
                open(LICENSOR.signedBundle(content.build()), OptionalLong.empty()), DocumentRejection.WRONG_ROOT);
    }

    @Test
    void refusesAnOlderRevisionThanIsKnown() {
        Envelope first = LICENSOR.signedBundle(LICENSOR.bundleContent().build());
        assertThat(open(first, OptionalLong.of(1))).isInstanceOf(DocumentResult.Verified.class);
        assertRejected(open(first, OptionalLong.of(2)), DocumentRejection.BUNDLE_ROLLBACK);
    }

    @Test
    void refusesAnotherKindOfDocument() {
        Envelope license = DsseSigner.sign(
                PayloadType.LICENSE,
                LICENSOR.bundleContent().build().toByteArray(),
                LICENSOR.root().signer());
        assertRejected(open(license, OptionalLong.empty()), DocumentRejection.WRONG_TYPE);
        Envelope noise = DsseSigner.sign(
                PayloadType.TRUST_BUNDLE, new byte[] {1, 2, 3}, LICENSOR.root().signer());
        assertRejected(open(noise, OptionalLong.empty()), DocumentRejection.MALFORMED);
    }

    @Test
    void refusesContentThatContradictsItself() {
        List<UnaryOperator<TrustBundle.Builder>> contradictions = List.of(
                bundle -> bundle.setRevision(0),
                bundle -> bundle.setPreviousSha256(ByteString.copyFrom(new byte[32])),
                bundle -> bundle.setRevision(2),
                bundle -> bundle.setIssuedAtUnixSeconds(-1),
                bundle -> bundle.setMakerCode("99999"),
                bundle -> bundle.setLicenseThreshold(0),
                bundle -> bundle.setLicenseThreshold(4),
                bundle -> bundle.setWitnessQuorum(0),
                bundle -> bundle.setWitnessQuorum(3),
                bundle -> bundle.clearWitnesses(),
                bundle -> bundle.addLicenseKeys(bundle.getLicenseKeys(0)),
                bundle -> bundle.addLicenseKeys(
                        bundle.getLicenseKeys(0).toBuilder().setHolderId("same-key-as-another-person")),
                bundle -> bundle.setLicenseKeys(
                        1, bundle.getLicenseKeys(1).toBuilder().setHolderId("card-0")),
                bundle -> bundle.setLicenseKeys(
                        0, bundle.getLicenseKeys(0).toBuilder().setHolderId("two words")),
                bundle -> bundle.setLicenseKeys(
                        0, bundle.getLicenseKeys(0).toBuilder().clearKey()),
                bundle -> bundle.addLedgers(bundle.getLedgers(0)),
                bundle -> bundle.setLedgers(
                        0,
                        bundle.getLedgers(0).toBuilder()
                                .setKey(bundle.getWitnesses(0).getKey())),
                bundle -> bundle.setLedgers(0, bundle.getLedgers(0).toBuilder().setOrigin("")),
                bundle -> bundle.setPolicyOids(
                        bundle.getPolicyOids().toBuilder().setGroundRole(TestLicensor.STATION_OID)),
                bundle ->
                        bundle.setPolicyOids(bundle.getPolicyOids().toBuilder().setGroundRole("1..2")));
        for (UnaryOperator<TrustBundle.Builder> contradiction : contradictions) {
            TrustBundle content = contradiction.apply(LICENSOR.bundleContent()).build();
            assertRejected(open(LICENSOR.signedBundle(content), OptionalLong.empty()), DocumentRejection.MALFORMED);
        }
    }

    private static DocumentResult<TrustedBundle> open(Envelope envelope, OptionalLong knownRevision) {
        return TrustedBundle.open(LICENSOR.root().certificate(), envelope, knownRevision);
    }

    private static void assertRejected(DocumentResult<?> result, DocumentRejection code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        DocumentResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
