package io.kryla.factory.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Holder;
import io.kryla.identity.PathRejection;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.Role;
import io.kryla.keys.Signer;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the authorities issue, judged by the validator that every other part uses. */
class CertificateProfilesTest {
    private static final Instant START = TestLicensor.START;
    private static final Instant NOW = START.plus(Duration.ofDays(1));
    private static final String PERSON = "00112233445566778899aabbccddeeff";
    private static final String SERIAL = "KRY08DE100001";

    private final TestLicensor licensor = new TestLicensor();
    private final PathValidator validator = PathValidator.of(licensor.root.certificate());
    private final Signer unit = licensor.p256();
    private final CertificateChain idevid = issueIdevid(SERIAL);

    @Test
    void anIdevidIsValidUnderItsLicense() {
        PathResult.Valid valid = (PathResult.Valid) validate(idevid, crls());

        assertThat(valid.key()).isEqualTo(unit.key());
        assertThat(valid.holder())
                .isEqualTo(new Holder(
                        SERIAL,
                        "Lizenz GmbH",
                        Optional.of("DE-01"),
                        Optional.of(TestLicensor.DESIGN_OID),
                        Optional.empty()));
        assertThat(valid.leaf().getNotAfter().toInstant()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void rolesAreValidAsWhatTheyAreAndAsNothingElse() {
        Signer key = licensor.p256();
        CertificateChain ground =
                licensor.operationsCa.issueGround(key.key(), "ground-1", TestLicensor.GROUND_OID, START);
        CertificateChain station =
                licensor.operationsCa.issueStation(key.key(), "station-1", TestLicensor.STATION_OID, START);
        CertificateChain operator = licensor.operationsCa.issueOperator(
                key.key(),
                "card-1",
                PERSON,
                Role.TECHNICIAN.policyUnder(TestLicensor.OPERATOR_OID),
                START,
                Duration.ofHours(24));

        assertThat(role(ground, Role.GROUND, NOW)).isInstanceOf(PathResult.Valid.class);
        assertThat(role(station, Role.STATION, NOW)).isInstanceOf(PathResult.Valid.class);
        assertThat(role(operator, Role.TECHNICIAN, START.plusSeconds(60))).isInstanceOf(PathResult.Valid.class);
        assertThat(code(role(ground, Role.STATION, NOW))).isEqualTo(PathRejection.POLICY);
        assertThat(code(role(station, Role.GROUND, NOW))).isEqualTo(PathRejection.POLICY);
        assertThat(code(role(operator, Role.TECHNICIAN, START.plus(Duration.ofHours(25)))))
                .isEqualTo(PathRejection.PATH);
    }

    @Test
    void aLineCannotIssueUnderALicenseItDoesNotHold() {
        CertificateChain foreign = licensor.lineCa.issueIdevid(
                unit.key(), TestLicensor.FOREIGN_LICENSE_OID, TestLicensor.DESIGN_OID, SERIAL, START);

        assertThat(code(validator.validateIdevid(foreign, TestLicensor.FOREIGN_LICENSE_OID, NOW, crls())))
                .isIn(PathRejection.PATH, PathRejection.POLICY);
        assertThat(code(validate(foreign, crls()))).isEqualTo(PathRejection.POLICY);
    }

    @Test
    void aLineCannotIssueUnderAnotherLinesName() {
        PartyName other = PartyName.ofLine("GB", "Licence Ltd", "GB-01");
        LineCa pretender = LineCa.open(licensor.lineCa.chain(), other, licensor.lineKey, licensor.random);
        CertificateChain foreign =
                pretender.issueIdevid(unit.key(), TestLicensor.LICENSE_OID, TestLicensor.DESIGN_OID, SERIAL, START);

        assertThat(code(validate(foreign, crls()))).isIn(PathRejection.PATH, PathRejection.NAME);
    }

    @Test
    void aLineCannotMakeAnAuthority() {
        Signer key = licensor.p384();
        DesignCa pretender = DesignCa.open(licensor.lineCa.chain(), licensor.lineKey, licensor.random);
        CertificateChain line =
                pretender.issueLineCa(TestLicensor.LINE, key.key(), List.of(TestLicensor.LICENSE_OID), START);
        CertificateChain idevidOfIt = LineCa.open(line, TestLicensor.LINE, key, licensor.random)
                .issueIdevid(unit.key(), TestLicensor.LICENSE_OID, TestLicensor.DESIGN_OID, SERIAL, START);

        assertThat(code(validate(idevidOfIt, crls()))).isEqualTo(PathRejection.PATH);
    }

    @Test
    void aLineReissuedForASecondLicenseKeepsTheFirst() {
        CertificateChain reissued = licensor.designCa.issueLineCa(
                TestLicensor.LINE,
                licensor.lineKey.key(),
                List.of(TestLicensor.LICENSE_OID, TestLicensor.FOREIGN_LICENSE_OID),
                START);
        LineCa line = LineCa.open(reissued, TestLicensor.LINE, licensor.lineKey, licensor.random);

        for (String oid : List.of(TestLicensor.LICENSE_OID, TestLicensor.FOREIGN_LICENSE_OID)) {
            CertificateChain chain = line.issueIdevid(unit.key(), oid, TestLicensor.DESIGN_OID, SERIAL, START);
            assertThat(validator.validateIdevid(chain, oid, NOW, crls())).isInstanceOf(PathResult.Valid.class);
        }
    }

    @Test
    void aRevokedUnitIsFound() {
        Revocation revocation = Revocation.of(idevid.leaf(), START, Revocation.Reason.KEY_COMPROMISE);
        X509CRL ofLine = licensor.lineCa.revocationList(2, NOW, NOW.plus(Duration.ofDays(7)), List.of(revocation));

        assertThat(code(validate(idevid, crls(ofLine)))).isEqualTo(PathRejection.REVOKED);
        assertThat(validate(issueIdevid("KRY08DE100002"), crls(ofLine))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void aRevokedLineTakesItsUnitsWithIt() {
        X509Certificate line = licensor.lineCa.chain().leaf();
        X509CRL ofDesign = licensor.designCa.revocationList(
                2,
                NOW,
                NOW.plus(Duration.ofDays(7)),
                List.of(Revocation.of(line, START, Revocation.Reason.CA_COMPROMISE)));

        assertThat(code(validate(idevid, crls(ofDesign)))).isEqualTo(PathRejection.REVOKED);
    }

    @Test
    void everyCertificateHasTheCriticalityThatRfc5280AsksFor() {
        X509Certificate root = licensor.root.certificate();
        X509Certificate design = licensor.designChain.leaf();
        X509Certificate line = licensor.lineCa.chain().leaf();
        X509Certificate operations = licensor.operationsCa.chain().leaf();

        assertThat(root.getBasicConstraints()).isEqualTo(2);
        assertThat(design.getBasicConstraints()).isEqualTo(1);
        assertThat(line.getBasicConstraints()).isZero();
        assertThat(operations.getBasicConstraints()).isZero();
        assertThat(root.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.19", "2.5.29.15"));
        assertThat(design.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.19", "2.5.29.15", "2.5.29.36"));
        assertThat(line.getCriticalExtensionOIDs())
                .isEqualTo(Set.of("2.5.29.19", "2.5.29.15", "2.5.29.54", "2.5.29.30"));
        assertThat(operations.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.19", "2.5.29.15", "2.5.29.54"));
        assertThat(idevid.leaf().getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.19", "2.5.29.15"));
        assertThat(idevid.leaf().getNonCriticalExtensionOIDs())
                .isEqualTo(Set.of("2.5.29.35", "2.5.29.14", "2.5.29.32", "2.5.29.17"));
    }

    @Test
    void serialNumbersOfCertificatesAreLongAndRandom() {
        assertThat(idevid.certificates())
                .extracting(X509Certificate::getSerialNumber)
                .doesNotHaveDuplicates();
        assertThat(idevid.certificates())
                .allSatisfy(certificate ->
                        assertThat(certificate.getSerialNumber().bitLength()).isBetween(65, 159));
    }

    @Test
    void authoritiesRefuseKeysThatAreNotOfTheirKind() {
        assertThatThrownBy(() -> licensor.designCa.issueLineCa(
                        TestLicensor.LINE, unit.key(), List.of(TestLicensor.LICENSE_OID), START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> licensor.lineCa.issueIdevid(
                        licensor.lineKey.key(), TestLicensor.LICENSE_OID, TestLicensor.DESIGN_OID, SERIAL, START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> LineCa.open(licensor.lineCa.chain(), TestLicensor.LINE, licensor.p384(), licensor.random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> licensor.operationsCa.issueOperator(
                        unit.key(),
                        "card-1",
                        PERSON,
                        Role.TECHNICIAN.policyUnder(TestLicensor.OPERATOR_OID),
                        START,
                        Duration.ofHours(25)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CertificateChain issueIdevid(String serial) {
        return licensor.lineCa.issueIdevid(
                unit.key(), TestLicensor.LICENSE_OID, TestLicensor.DESIGN_OID, serial, START);
    }

    private PathResult validate(CertificateChain chain, CrlSet crls) {
        return validator.validateIdevid(chain, TestLicensor.LICENSE_OID, NOW, crls);
    }

    private PathResult role(CertificateChain chain, Role role, Instant at) {
        return validator.validateRole(chain, role, licensor.bundle, at, crls());
    }

    private static PathRejection code(PathResult result) {
        assertThat(result).isInstanceOf(PathResult.Rejected.class);
        return ((PathResult.Rejected) result).code();
    }

    /** An empty list of each authority, and whatever newer ones are given. */
    private CrlSet crls(X509CRL... newer) {
        Instant until = START.plus(Duration.ofDays(7));
        List<X509CRL> all = new ArrayList<>(List.of(
                licensor.root.emptyRevocationList(1, START, until),
                licensor.designCa.emptyRevocationList(1, START, until),
                licensor.lineCa.emptyRevocationList(1, START, until),
                licensor.operationsCa.emptyRevocationList(1, START, until)));
        all.addAll(List.of(newer));
        return new CrlSet(all, CrlProfile.LINE, NOW);
    }
}
