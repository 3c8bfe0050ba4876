package io.kryla.factory.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.LicenseDecision.Admitted;
import io.kryla.factory.license.LicenseDecision.Rejected;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LicenseAdmissionTest {
    private static final Instant NOW = TestLicensor.START.plusSeconds(60);

    private final TestLicensor licensor = new TestLicensor();
    private final LicenseAdmission admission = new LicenseAdmission(licensor.bundle, licensor.line());
    private final LicenseRevisions known = new LicenseRevisions();

    @Test
    void admitsTheFirstRevisionAndKnowsItAgain() {
        Envelope first = licensor.sign(licensor.licenseFor(3).build());

        Admitted admitted = (Admitted) admission.judge(first, known, NOW);
        known.add(admitted.license());

        assertThat(admitted.known()).isFalse();
        assertThat(((Admitted) admission.judge(first, known, NOW)).known()).isTrue();
    }

    @Test
    void admitsARaisedQuotaThatContinuesTheChain() {
        VerifiedLicense first = admitted(licensor.licenseFor(3).build());
        License second = LicensorDesk.nextRevision(first, licensor.licenseFor(5).build());

        assertThat(admission.judge(licensor.sign(second), known, NOW)).isInstanceOf(Admitted.class);
    }

    @Test
    void refusesARollback() {
        License firstContent = licensor.licenseFor(5).build();
        VerifiedLicense first = admitted(firstContent);
        admitted(LicensorDesk.nextRevision(first, licensor.licenseFor(3).build()));

        assertThat(code(licensor.sign(firstContent))).isEqualTo("LICENSE_ROLLBACK");
        assertThat(code(licensor.sign(firstContent.toBuilder().setQuota(9).build())))
                .isEqualTo("LICENSE_ROLLBACK");
    }

    @Test
    void refusesARevisionThatSkipsOneOrContinuesAnother() {
        VerifiedLicense first = admitted(licensor.licenseFor(3).build());
        License second = LicensorDesk.nextRevision(first, licensor.licenseFor(5).build());

        assertThat(code(licensor.sign(second.toBuilder().setRevision(3).build())))
                .isEqualTo("LICENSE_CHAIN");
        assertThat(code(licensor.sign(second.toBuilder()
                        .setPreviousSha256(ByteString.copyFrom(new byte[32]))
                        .build())))
                .isEqualTo("LICENSE_CHAIN");
    }

    @Test
    void refusesALaterRevisionAsTheFirst() {
        License second = licensor.licenseFor(3)
                .setRevision(2)
                .setPreviousSha256(ByteString.copyFrom(new byte[32]))
                .build();

        assertThat(code(licensor.sign(second))).isEqualTo("LICENSE_CHAIN");
    }

    @Test
    void refusesWhatOnePersonSigned() {
        License license = licensor.licenseFor(3).build();
        Envelope proposal = licensor.desk.proposeLicense(license, licensor.licenseKeys.get(0));

        assertThat(code(proposal)).isEqualTo("THRESHOLD");
        assertThat(code(licensor.desk.approve(proposal, licensor.licenseKeys.get(0))))
                .isEqualTo("THRESHOLD");
        assertThat(code(licensor.desk.approve(proposal, licensor.ed25519()))).isEqualTo("UNKNOWN_SIGNER");
        assertThatThrownBy(() -> licensor.desk.issueLicense(proposal)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesALicenseOfAnotherLineLedgerOrLineCa() {
        License.Builder license = licensor.licenseFor(3);

        assertThat(code(licensor.sign(license.clone()
                        .setLine("GB-01")
                        .setLedgerOrigin(TestLicensor.FOREIGN_ORIGIN)
                        .build())))
                .isEqualTo("LICENSE_FOREIGN");
        assertThat(code(licensor.sign(license.clone().setLine("GB-01").build())))
                .isEqualTo("FOREIGN");
        assertThat(code(licensor.sign(license.clone()
                        .setLineCaKeySha256(ByteString.copyFrom(new byte[32]))
                        .build())))
                .isEqualTo("LICENSE_FOREIGN");
    }

    @Test
    void refusesAnExpiredLicenseButRemembersOneThatWasAdmitted() {
        Envelope license = licensor.sign(licensor.licenseFor(3).build());
        Instant later = TestLicensor.START.plus(Duration.ofDays(366));

        assertThat(admission.judge(license, known, later))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("LICENSE_EXPIRED"));
        assertThat(admission.judgeForever(license, known)).isInstanceOf(Admitted.class);
    }

    @Test
    void refusesSerialsThatNoStandardKnowsOrThatAreTooFew() {
        for (String prefix : new String[] {"", "KRY0G", "ABC08DE1", "KRY02DE", "kry08DE1"}) {
            assertThat(code(licensor.sign(
                            licensor.licenseFor(3).setSerialPrefix(prefix).build())))
                    .as(prefix)
                    .isEqualTo("LICENSE_MALFORMED");
        }
        assertThat(code(licensor.sign(
                        licensor.licenseFor(34).setSerialPrefix("KRY02D").build())))
                .isEqualTo("LICENSE_MALFORMED");
    }

    private VerifiedLicense admitted(License license) {
        Admitted admitted = (Admitted) admission.judge(licensor.sign(license), known, NOW);
        known.add(admitted.license());
        return admitted.license();
    }

    private String code(Envelope license) {
        LicenseDecision decision = admission.judge(license, known, NOW);
        assertThat(decision).isInstanceOf(Rejected.class);
        return ((Rejected) decision).code();
    }
}
