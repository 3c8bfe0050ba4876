package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestAuthority;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class PathValidatorTest {
    private static final String OTHER_LICENSE = "1.3.6.1.4.1.32473.2.2";
    private static final String SERIAL = "9999400000001";
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final Instant NOW = TestLicensor.NOW;

    private final VerificationKey key = TestLicensor.p256().key();

    @Test
    void acceptsAnAirframeOfTheLicense() {
        PathResult result = validate(LICENSOR.idevid(key, SERIAL));
        assertThat(result).isInstanceOf(PathResult.Valid.class);
        PathResult.Valid valid = (PathResult.Valid) result;
        assertThat(valid.key()).isEqualTo(key);
        assertThat(valid.holder().id()).isEqualTo(SERIAL);
        assertThat(valid.holder().organisation()).isEqualTo("Maker");
        assertThat(valid.holder().unit()).contains(TestLicensor.LINE);
        assertThat(valid.holder().designOid()).contains(TestLicensor.DESIGN_OID);
    }

    @Test
    void acceptsAChainWithoutTheRootToo() {
        List<X509Certificate> chain = LICENSOR.idevid(key, SERIAL).certificates();
        assertThat(validate(new CertificateChain(chain.subList(0, 3)))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void saysUnderWhichLicenseAnAirframeWasBuilt() {
        PathValidator validator = PathValidator.of(LICENSOR.root().certificate());
        CertificateChain chain = LICENSOR.idevid(key, SERIAL);
        assertThat(validator.validateIdevidOfAnyLicense(chain, NOW, LICENSOR.crls()))
                .isInstanceOfSatisfying(
                        PathResult.Valid.class,
                        valid -> assertThat(valid.policyOid()).isEqualTo(TestLicensor.LICENSE_OID));
        CertificateChain ground = LICENSOR.ground("g").chain();
        assertRejected(validator.validateIdevidOfAnyLicense(ground, NOW, LICENSOR.crls()), PathRejection.NAME);
        CertificateChain stolen = idevid(draft -> draft.policies(OTHER_LICENSE));
        assertRejected(validator.validateIdevidOfAnyLicense(stolen, NOW, LICENSOR.crls()), PathRejection.POLICY);
        CertificateChain none = idevid(draft -> SpoiltDraft.without(draft, Extension.certificatePolicies));
        assertRejected(validator.validateIdevidOfAnyLicense(none, NOW, LICENSOR.crls()), PathRejection.POLICY);
    }

    @Test
    void refusesAnotherLicenseThanTheOneAskedFor() {
        CertificateChain chain = LICENSOR.idevid(key, SERIAL);
        assertRejected(
                PathValidator.of(LICENSOR.root().certificate())
                        .validateIdevid(chain, OTHER_LICENSE, NOW, LICENSOR.crls()),
                PathRejection.POLICY);
        assertBouncyCastleAgrees(chain, OTHER_LICENSE, false);
    }

    @Test
    void refusesALeafUnderALicenseThatItsLineDoesNotHold() {
        CertificateChain chain = idevid(draft -> draft.policies(OTHER_LICENSE));
        assertRejected(
                PathValidator.of(LICENSOR.root().certificate())
                        .validateIdevid(chain, OTHER_LICENSE, NOW, LICENSOR.crls()),
                PathRejection.POLICY);
        assertBouncyCastleAgrees(chain, OTHER_LICENSE, false);
    }

    @Test
    void refusesALeafWithoutPolicy() {
        CertificateChain chain = idevid(draft -> SpoiltDraft.without(draft, Extension.certificatePolicies));
        assertRejected(validate(chain), PathRejection.POLICY);
        assertBouncyCastleAgrees(chain, TestLicensor.LICENSE_OID, false);
    }

    @Test
    void refusesALeafWithTwoPoliciesOfItsLine() {
        TestAuthority line = LICENSOR.designCa()
                .authority(CertificateDraft.lineCa(TestLicensor.LINE, TestLicensor.LICENSE_OID, OTHER_LICENSE));
        CertificateChain chain = line.issue(draft().policies(TestLicensor.LICENSE_OID, OTHER_LICENSE), key);
        assertRejected(validate(chain), PathRejection.POLICY);
    }

    @Test
    void refusesALeafWithAnyPolicy() {
        CertificateChain chain = idevid(draft -> draft.policies("2.5.29.32.0"));
        assertRejected(validate(chain), PathRejection.POLICY);
        assertBouncyCastleAgrees(chain, TestLicensor.LICENSE_OID, false);
    }

    @Test
    void refusesANameOutsideTheLinesConstraint() {
        for (String foreign : List.of(
                "C=GB,O=Maker,OU=DE-01,serialNumber=" + SERIAL,
                "C=DE,O=Other,OU=DE-01,serialNumber=" + SERIAL,
                "C=DE,O=Maker,OU=GB-01,serialNumber=" + SERIAL)) {
            CertificateChain chain = idevid(draft -> draft.subject(foreign));
            assertRejected(validate(chain), PathRejection.NAME);
            assertBouncyCastleAgrees(chain, TestLicensor.LICENSE_OID, false);
        }
    }

    @Test
    void refusesAnEmptySubject() {
        // the JDK reads a certificate without a subject only if its alternative name is critical (RFC 5280 §4.1.2.6)
        GeneralName module = SpoiltDraft.hardwareModuleName(TestLicensor.DESIGN_OID, SERIAL);
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.alternativeNames(draft.subject(""), true, module))),
                PathRejection.NAME);
    }

    @Test
    void refusesASubjectOfAnotherShape() {
        for (String name : List.of(
                "C=DE,O=Maker,OU=DE-01",
                "C=DE,O=Maker,OU=DE-01,CN=" + SERIAL,
                "C=DE,O=Maker,OU=DE-01,serialNumber=" + SERIAL + ",serialNumber=2",
                "C=DE,O=Maker,OU=DE-01,serialNumber=" + SERIAL + "+CN=x")) {
            assertRejected(validate(idevid(draft -> draft.subject(name))), PathRejection.NAME);
        }
    }

    @Test
    void refusesAMissingHardwareModuleName() {
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.without(draft, Extension.subjectAlternativeName))),
                PathRejection.NAME);
    }

    @Test
    void refusesAnyOtherAlternativeName() {
        GeneralName module = SpoiltDraft.hardwareModuleName(TestLicensor.DESIGN_OID, SERIAL);
        GeneralName dns = new GeneralName(GeneralName.dNSName, "airframe.example");
        assertRejected(validate(idevid(draft -> SpoiltDraft.alternativeNames(draft, false, dns))), PathRejection.NAME);
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.alternativeNames(draft, false, module, dns))), PathRejection.NAME);
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.alternativeNames(draft, false, module, module))),
                PathRejection.NAME);
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.alternativeNames(draft, true, module))), PathRejection.NAME);
    }

    @Test
    void refusesAHardwareModuleOfAnotherSerial() {
        GeneralName other = SpoiltDraft.hardwareModuleName(TestLicensor.DESIGN_OID, "9999400000002");
        assertRejected(
                validate(idevid(draft -> SpoiltDraft.alternativeNames(draft, false, other))),
                PathRejection.SERIAL_MISMATCH);
    }

    @Test
    void refusesALeafThatMayDoMoreThanSign() {
        int more = KeyUsage.digitalSignature | KeyUsage.keyAgreement;
        assertRejected(validate(idevid(draft -> draft.keyUsage(more))), PathRejection.PATH);
        assertRejected(validate(idevid(draft -> draft.keyUsage(KeyUsage.keyAgreement))), PathRejection.PATH);
        assertRejected(validate(idevid(draft -> SpoiltDraft.without(draft, Extension.keyUsage))), PathRejection.PATH);
        assertRejected(validate(idevid(draft -> draft.authority(0))), PathRejection.PATH);
    }

    @Test
    void refusesALeafKeyOfAnotherKind() {
        VerificationKey p384 = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, new SecureRandom())
                .key();
        VerificationKey ed25519 = TestLicensor.ed25519().key();
        assertRejected(validate(LICENSOR.idevid(p384, SERIAL)), PathRejection.PATH);
        assertRejected(validate(LICENSOR.idevid(ed25519, SERIAL)), PathRejection.PATH);
    }

    @Test
    void refusesAnIssuerThatMayNotSignCertificatesOrLists() {
        for (int usage : new int[] {KeyUsage.digitalSignature, KeyUsage.keyCertSign, KeyUsage.cRLSign}) {
            TestAuthority line = LICENSOR.designCa().authority(lineCa().keyUsage(usage));
            assertRejected(validate(line.issue(draft(), key)), PathRejection.PATH);
        }
        TestAuthority noAuthority =
                LICENSOR.designCa().authority(SpoiltDraft.without(lineCa(), Extension.basicConstraints));
        assertRejected(validate(noAuthority.issue(draft(), key)), PathRejection.PATH);
    }

    @Test
    void refusesConstraintsThatAreNotCritical() {
        TestAuthority line = LICENSOR.designCa().authority(lineCa().permittedSubtree("C=DE,O=Maker,OU=DE-01", false));
        assertRejected(validate(line.issue(draft(), key)), PathRejection.PATH);
    }

    @Test
    void refusesWhatWasNotValidAtTheTime() {
        CertificateChain expired =
                idevid(draft -> draft.validity(CertificateDraft.NOT_BEFORE, NOW.minus(Duration.ofDays(1))));
        CertificateChain early =
                idevid(draft -> draft.validity(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2))));
        assertRejected(validate(expired), PathRejection.PATH);
        assertRejected(validate(early), PathRejection.PATH);
        assertBouncyCastleAgrees(expired, TestLicensor.LICENSE_OID, false);
        Instant beforeRoot = CertificateDraft.NOT_BEFORE.minusSeconds(1);
        assertRejected(
                PathValidator.of(LICENSOR.root().certificate())
                        .validateIdevid(
                                LICENSOR.idevid(key, SERIAL), TestLicensor.LICENSE_OID, beforeRoot, LICENSOR.crls()),
                PathRejection.PATH);
    }

    @Test
    void judgesTheChainAtTheTimeOfBirthAndRevocationNow() {
        Instant birth = CertificateDraft.NOT_BEFORE.plusSeconds(1);
        CertificateChain chain =
                idevid(draft -> draft.validity(CertificateDraft.NOT_BEFORE, NOW.minus(Duration.ofDays(1))));
        assertThat(PathValidator.of(LICENSOR.root().certificate())
                        .validateIdevid(chain, TestLicensor.LICENSE_OID, birth, LICENSOR.crls()))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void refusesAChainOfAnotherRoot() {
        TestLicensor other = new TestLicensor();
        CertificateChain foreign = other.idevid(key, SERIAL);
        assertRejected(validate(foreign), PathRejection.PATH);
        List<X509Certificate> grafted = new ArrayList<>(foreign.certificates().subList(0, 2));
        grafted.addAll(LICENSOR.idevid(key, SERIAL).certificates().subList(2, 4));
        assertRejected(validate(new CertificateChain(grafted)), PathRejection.PATH);
    }

    @Test
    void refusesAChainInAnotherOrderOrOfAnotherLength() {
        List<X509Certificate> chain = LICENSOR.idevid(key, SERIAL).certificates();
        assertRejected(
                validate(new CertificateChain(List.of(chain.get(0), chain.get(2), chain.get(1)))), PathRejection.PATH);
        assertRejected(validate(new CertificateChain(chain.subList(0, 2))), PathRejection.PATH);
        assertRejected(validate(new CertificateChain(chain.subList(1, 4))), PathRejection.PATH);
        assertRejected(validate(new CertificateChain(chain.subList(3, 4))), PathRejection.PATH);
    }

    @Test
    void refusesAnAuthorityBelowALine() {
        TestAuthority below = LICENSOR.lineCa().authority(lineCa());
        assertRejected(validate(below.issue(draft(), key)), PathRejection.PATH);
    }

    @Test
    void agreesWithBouncyCastleOnAGoodChain() {
        assertBouncyCastleAgrees(LICENSOR.idevid(key, SERIAL), TestLicensor.LICENSE_OID, true);
    }

    private PathResult validate(CertificateChain chain) {
        return PathValidator.of(LICENSOR.root().certificate())
                .validateIdevid(chain, TestLicensor.LICENSE_OID, NOW, LICENSOR.crls());
    }

    private CertificateChain idevid(UnaryOperator<CertificateDraft> spoil) {
        return LICENSOR.lineCa().issue(spoil.apply(draft()), key);
    }

    private static CertificateDraft draft() {
        return CertificateDraft.idevid(TestLicensor.LINE, SERIAL, TestLicensor.DESIGN_OID, TestLicensor.LICENSE_OID);
    }

    private static CertificateDraft lineCa() {
        return CertificateDraft.lineCa(TestLicensor.LINE, TestLicensor.LICENSE_OID);
    }

    private static void assertRejected(PathResult result, PathRejection code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        PathResult.Rejected.class,
                        rejected -> assertThat(rejected.code())
                                .as(rejected.reason())
                                .isEqualTo(code));
    }

    /** The first pass alone, since the rest is ours. */
    private static void assertBouncyCastleAgrees(CertificateChain chain, String policyOid, boolean valid) {
        List<X509Certificate> path = chain.certificates().subList(0, 3);
        X509Certificate root = LICENSOR.root().certificate();
        try {
            CertPathValidator bouncyCastle = CertPathValidator.getInstance("PKIX", new BouncyCastleProvider());
            assertThat(PkixPass.check(path, root, policyOid, NOW, bouncyCastle).isEmpty())
                    .isEqualTo(valid);
            assertThat(PkixPass.check(path, root, policyOid, NOW, PkixPass.platformValidator())
                            .isEmpty())
                    .isEqualTo(valid);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
