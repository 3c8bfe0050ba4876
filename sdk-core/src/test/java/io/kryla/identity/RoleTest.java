package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.VerificationKey;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class RoleTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final TrustedBundle BUNDLE = LICENSOR.bundle();

    private final VerificationKey key = TestLicensor.p256().key();

    @Test
    void namesTheStationAndItsOwner() {
        assertThat(validate(LICENSOR.ground("ground-7").chain(), Role.GROUND))
                .isInstanceOfSatisfying(
                        PathResult.Valid.class,
                        valid -> assertThat(valid.holder())
                                .isEqualTo(new Holder(
                                        "ground-7",
                                        "Owner",
                                        java.util.Optional.empty(),
                                        java.util.Optional.empty(),
                                        java.util.Optional.empty())));
    }

    @Test
    void keepsTheRolesApart() {
        assertRejected(LICENSOR.ground("g").chain(), Role.STATION, PathRejection.POLICY);
        assertRejected(LICENSOR.station("s").chain(), Role.GROUND, PathRejection.POLICY);
        assertRejected(LICENSOR.ground("g").chain(), Role.TECHNICIAN, PathRejection.POLICY);
    }

    @Test
    void keepsAirframesAndRolesApart() {
        assertRejected(LICENSOR.idevid(key, "9999400000001"), Role.GROUND, PathRejection.POLICY);
        assertThat(PathValidator.of(BUNDLE.root())
                        .validateIdevid(
                                LICENSOR.ground("g").chain(),
                                TestLicensor.GROUND_OID,
                                TestLicensor.NOW,
                                LICENSOR.crls()))
                .isInstanceOfSatisfying(
                        PathResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(PathRejection.NAME));
    }

    @Test
    void wantsAServersKeyUsageOfStationsAlone() {
        UnaryOperator<CertificateDraft> without = draft -> SpoiltDraft.without(draft, Extension.extendedKeyUsage);
        assertRejected(role(TestLicensor.GROUND_OID, without), Role.GROUND, PathRejection.PATH);
        assertRejected(role(TestLicensor.STATION_OID, without), Role.STATION, PathRejection.PATH);
        assertRejected(
                role(
                        TestLicensor.GROUND_OID,
                        draft -> SpoiltDraft.extension(
                                draft,
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                Role.GROUND,
                PathRejection.PATH);
        assertThat(validate(
                        role(
                                TestLicensor.TECHNICIAN_OID,
                                draft -> without.apply(draft.subject("C=DE,O=Owner,CN=card-1,SERIALNUMBER=p1"))),
                        Role.TECHNICIAN))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void refusesAlternativeNamesAndOtherSubjects() {
        GeneralName dns = new GeneralName(GeneralName.dNSName, "ground.example");
        assertRejected(
                role(TestLicensor.GROUND_OID, draft -> SpoiltDraft.alternativeNames(draft, false, dns)),
                Role.GROUND,
                PathRejection.NAME);
        for (String name : new String[] {"C=DE,O=Owner", "O=Owner,CN=g", "C=DE,O=Owner,CN=g,CN=h", "CN=g"}) {
            assertRejected(
                    role(TestLicensor.GROUND_OID, draft -> draft.subject(name)), Role.GROUND, PathRejection.NAME);
        }
    }

    @Test
    void refusesASubjectThatIsNoValidUtf8() throws IOException {
        byte[] invalid = {'g', (byte) 0xc3, (byte) 0x28};
        for (ASN1ObjectIdentifier type : List.of(BCStyle.C, BCStyle.O, BCStyle.CN)) {
            X500NameBuilder name = new X500NameBuilder();
            for (ASN1ObjectIdentifier each : List.of(BCStyle.C, BCStyle.O, BCStyle.CN)) {
                name.addRDN(
                        each, each.equals(type) ? DERUTF8String.getInstance(der(invalid)) : new DERUTF8String("DE"));
            }
            byte[] subject = name.build().getEncoded();
            assertRejected(
                    role(TestLicensor.GROUND_OID, draft -> draft.subjectDer(subject)), Role.GROUND, PathRejection.NAME);
        }
    }

    /** UTF8String of at most 127 bytes. */
    private static byte[] der(byte[] content) {
        byte[] der = new byte[2 + content.length];
        der[0] = BERTags.UTF8_STRING;
        der[1] = (byte) content.length;
        System.arraycopy(content, 0, der, 2, content.length);
        return der;
    }

    private CertificateChain role(String oid, UnaryOperator<CertificateDraft> spoil) {
        return LICENSOR.operationsCa().issue(spoil.apply(CertificateDraft.role("Owner", "g", oid)), key);
    }

    private static PathResult validate(CertificateChain chain, Role role) {
        return PathValidator.of(BUNDLE.root()).validateRole(chain, role, BUNDLE, TestLicensor.NOW, LICENSOR.crls());
    }

    private static void assertRejected(CertificateChain chain, Role role, PathRejection code) {
        assertThat(validate(chain, role))
                .isInstanceOfSatisfying(
                        PathResult.Rejected.class,
                        rejected -> assertThat(rejected.code())
                                .as(rejected.reason())
                                .isEqualTo(code));
    }
}
