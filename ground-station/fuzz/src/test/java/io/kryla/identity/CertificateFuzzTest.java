package io.kryla.identity;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and revocation lists; what the profiles read in a certificate, whoever signed it. */
class CertificateFuzzTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final List<X509Certificate> PATH =
            LICENSOR.idevid(TestLicensor.p256().key(), "9999400000001").certificates();

    static Stream<byte[]> seeds() {
        return Stream.of(
                Certificates.toDer(PATH.get(0)),
                Certificates.toDer(PATH.get(1)),
                Certificates.toDer(LICENSOR.ground("g").chain().leaf()),
                Certificates.toDer(LICENSOR.crls(PATH.get(0)).crls().get(0)),
                Certificates.toPem(PATH.get(0)).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void certificatesAndLists(byte[] input) {
        Executions.count();
        Certificates.fromDer(input).ifPresent(certificate -> {
            require(Arrays.equals(Certificates.toDer(certificate), input), "one form of a certificate");
            read(certificate);
        });
        Certificates.fromPem(input);
        Certificates.crlFromDer(input)
                .ifPresent(list -> RevocationPass.over(
                        PATH.subList(0, 3),
                        LICENSOR.root().certificate(),
                        new CrlSet(List.of(list), CrlProfile.FIELD, TestLicensor.NOW)));
    }

    /** As after a path check that a hostile authority would pass. */
    private static void read(X509Certificate certificate) {
        LeafProfile.checkCommon(certificate, TestLicensor.LICENSE_OID, Set.of());
        LeafProfile.onlyPolicyOf(certificate);
        new IdevidProfile().check(certificate);
        new RoleProfile(Role.GROUND).check(certificate);
        AuthorityProfile.check(List.of(certificate, certificate, certificate), true);
        AuthorityProfile.check(List.of(PATH.get(0), certificate, PATH.get(2)), true);
        AuthorityProfile.check(List.of(PATH.get(0), PATH.get(1), certificate), false);
        CertificateForm.check(List.of(certificate), certificate);
        SelfSignedCertificate.keyOf(new CertificateChain(List.of(certificate)));
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
