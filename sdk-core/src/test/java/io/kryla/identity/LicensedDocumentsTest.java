package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Signer;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.License;
import io.kryla.v1.Parameter;
import io.kryla.v1.Royalty;
import io.kryla.v1.RoyaltyEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LicensedDocumentsTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final TrustedBundle BUNDLE = LICENSOR.bundle();
    private static final Signer FIRST = LICENSOR.licenseKeys().get(0);
    private static final Signer SECOND = LICENSOR.licenseKeys().get(1);

    @Test
    void opensALicenseOfTwoPersons() {
        DocumentResult<VerifiedLicense> result = open(license().build(), FIRST, SECOND);
        VerifiedLicense license = ((DocumentResult.Verified<VerifiedLicense>) result).document();
        assertThat(license.content().getQuota()).isEqualTo(3);
        assertThat(license.isInForce(TestLicensor.NOW)).isTrue();
        assertThat(license.isInForce(license.notAfter())).isTrue();
        assertThat(license.isInForce(license.notAfter().plusSeconds(1))).isFalse();
        assertThat(license.isInForce(license.notBefore().minus(Duration.ofSeconds(1))))
                .isFalse();
    }

    @Test
    void refusesALicenseOfOnePerson() {
        assertRejected(open(license().build(), FIRST), DocumentRejection.THRESHOLD);
        assertRejected(open(license().build(), FIRST, FIRST), DocumentRejection.THRESHOLD);
        assertRejected(open(license().build(), FIRST, TestLicensor.ed25519()), DocumentRejection.UNKNOWN_SIGNER);
    }

    @Test
    void refusesALicenseWhoseLedgerBelongsToAnotherLine() {
        assertRejected(open(license().setLine("GB-01").build(), FIRST, SECOND), DocumentRejection.FOREIGN);
        assertRejected(
                open(license().setLedgerOrigin("kryla.example/ledger/GB-01").build(), FIRST, SECOND),
                DocumentRejection.FOREIGN);
    }

    @Test
    void refusesALicenseThatIsIncomplete() {
        List<UnaryOperator<License.Builder>> faults = List.of(
                license -> license.clearPolicyOid(),
                license -> license.clearDesignOid(),
                license -> license.clearRevision(),
                license -> license.setRevision(2),
                license -> license.clearLineCaKeySha256(),
                license -> license.setQuota(-1),
                license -> license.setNotAfterUnixSeconds(0),
                license -> license.setNotAfterUnixSeconds(Long.MAX_VALUE),
                license -> license.addTerritories("Germany"),
                license -> license.clearMinimumAcceptanceLevel(),
                license -> license.clearRoyalty());
        for (UnaryOperator<License.Builder> fault : faults) {
            assertRejected(open(fault.apply(license()).build(), FIRST, SECOND), DocumentRejection.MALFORMED);
        }
    }

    @Test
    void opensAFirmwareManifestOfTwoPersons() {
        DocumentResult<VerifiedFirmwareManifest> result = open(manifest().build(), FIRST, SECOND);
        assertThat(result).isInstanceOf(DocumentResult.Verified.class);
        assertRejected(open(manifest().build(), SECOND), DocumentRejection.THRESHOLD);
    }

    @Test
    void refusesAFirmwareManifestThatIsIncomplete() {
        assertRejected(open(manifest().clearImageSha256().build(), FIRST, SECOND), DocumentRejection.MALFORMED);
        assertRejected(open(manifest().clearReleaseNumber().build(), FIRST, SECOND), DocumentRejection.MALFORMED);
        Parameter notANumber =
                Parameter.newBuilder().setName("p").setValue(Double.NaN).build();
        assertRejected(open(manifest().addParameters(notANumber).build(), FIRST, SECOND), DocumentRejection.MALFORMED);
    }

    private static License.Builder license() {
        return License.newBuilder()
                .setPolicyOid(TestLicensor.LICENSE_OID)
                .setRevision(1)
                .setDesignOid(TestLicensor.DESIGN_OID)
                .setLine(TestLicensor.LINE)
                .setLedgerOrigin(TestLicensor.LEDGER_ORIGIN)
                .setLineCaKeySha256(ByteString.copyFrom(
                        LICENSOR.lineCa().signer().key().spkiSha256().bytes()))
                .setQuota(3)
                .setSerialPrefix("99994")
                .setNotBeforeUnixSeconds(TestLicensor.NOW.getEpochSecond())
                .setNotAfterUnixSeconds(
                        TestLicensor.NOW.plus(Duration.ofDays(365)).getEpochSecond())
                .addTerritories("DE")
                .setFirmwareFloor(1)
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN)
                .setRoyalty(Royalty.newBuilder()
                        .setEvent(RoyaltyEvent.ROYALTY_EVENT_BORN)
                        .setAmountMinorUnits(100_000)
                        .setCurrency("EUR"));
    }

    private static FirmwareManifest.Builder manifest() {
        return FirmwareManifest.newBuilder()
                .setDesignOid(TestLicensor.DESIGN_OID)
                .setVersion("1.0.0")
                .setReleaseNumber(1)
                .setImageSha256(ByteString.copyFrom(new byte[32]))
                .setImageSizeBytes(1024);
    }

    private static DocumentResult<VerifiedLicense> open(License content, Signer... signers) {
        Envelope envelope = DsseSigner.sign(PayloadType.LICENSE, content.toByteArray(), signers);
        return VerifiedLicense.open(BUNDLE, envelope);
    }

    private static DocumentResult<VerifiedFirmwareManifest> open(FirmwareManifest content, Signer... signers) {
        Envelope envelope = DsseSigner.sign(PayloadType.FIRMWARE_MANIFEST, content.toByteArray(), signers);
        return VerifiedFirmwareManifest.open(BUNDLE, envelope);
    }

    private static void assertRejected(DocumentResult<?> result, DocumentRejection code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        DocumentResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
