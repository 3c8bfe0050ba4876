package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestAuthority;
import io.kryla.identity.fixture.TestLicensor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final Instant NOW = TestLicensor.NOW;

    private final CertificateChain chain = LICENSOR.idevid(TestLicensor.p256().key(), "9999400000001");

    @Test
    void refusesARevokedCertificateAnywhereOnThePath() {
        for (X509Certificate revoked : chain.certificates().subList(0, 3)) {
            assertRejected(LICENSOR.crls(revoked), PathRejection.REVOKED);
        }
    }

    @Test
    void enforcesInTheFieldWhatAnOldListNames() {
        CrlSet old = LICENSOR.crls(NOW.minus(Duration.ofDays(400)), CrlProfile.FIELD, NOW, chain.leaf());
        assertRejected(old, PathRejection.REVOKED);
    }

    @Test
    void refusesAListOlderThanSevenDaysOnTheLineAlone() {
        Instant sevenDays = NOW.minus(Duration.ofDays(7));
        Instant older = sevenDays.minusSeconds(1);
        assertThat(validate(LICENSOR.crls(sevenDays, CrlProfile.LINE, NOW))).isInstanceOf(PathResult.Valid.class);
        assertRejected(LICENSOR.crls(older, CrlProfile.LINE, NOW), PathRejection.CRL_STALE);
        assertThat(validate(LICENSOR.crls(older, CrlProfile.FIELD, NOW)))
                .isInstanceOfSatisfying(
                        PathResult.Valid.class,
                        valid -> assertThat(valid.oldestCrl())
                                .isEqualTo(Duration.ofDays(7).plusSeconds(1)));
    }

    @Test
    void refusesAPathWithoutTheListOfOneIssuer() {
        List<X509CRL> all = LICENSOR.crls().crls();
        for (int missing = 0; missing < 3; missing++) {
            List<X509CRL> some = new ArrayList<>(all);
            some.remove(missing);
            assertRejected(new CrlSet(some, CrlProfile.FIELD, NOW), PathRejection.CRL_STALE);
        }
    }

    @Test
    void takesTheNewestListOfAnIssuer() {
        List<X509CRL> lists = new ArrayList<>(LICENSOR.crls().crls());
        lists.add(LICENSOR.lineCa().crl(NOW.minus(Duration.ofDays(1)), chain.leaf()));
        assertThat(validate(new CrlSet(lists, CrlProfile.LINE, NOW))).isInstanceOf(PathResult.Valid.class);
        lists.add(0, LICENSOR.lineCa().crl(NOW.plusSeconds(1), chain.leaf()));
        assertRejected(new CrlSet(lists, CrlProfile.LINE, NOW), PathRejection.REVOKED);
    }

    @Test
    void ignoresAListThatTheIssuersKeyDidNotSign() {
        TestAuthority namesake = new TestLicensor().lineCa();
        List<X509CRL> lists = new ArrayList<>(LICENSOR.crls().crls());
        lists.add(namesake.crl(NOW.plusSeconds(1), chain.leaf()));
        assertThat(validate(new CrlSet(lists, CrlProfile.LINE, NOW))).isInstanceOf(PathResult.Valid.class);
    }

    private PathResult validate(CrlSet crls) {
        return PathValidator.of(LICENSOR.root().certificate())
                .validateIdevid(chain, TestLicensor.LICENSE_OID, NOW, crls);
    }

    private void assertRejected(CrlSet crls, PathRejection code) {
        assertThat(validate(crls))
                .isInstanceOfSatisfying(
                        PathResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
