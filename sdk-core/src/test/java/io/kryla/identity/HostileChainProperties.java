package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestLicensor;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Chains and lists from whoever: never an exception, and never a changed bit that passes. */
class HostileChainProperties {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final CertificateChain CHAIN =
            LICENSOR.idevid(TestLicensor.p256().key(), "9999400000001");
    private static final CrlSet CRLS = LICENSOR.crls();

    @Property(tries = 400)
    void noFlippedBitOfAChainGoesUnseen(
            @ForAll @IntRange(max = 2) int certificate, @ForAll @IntRange(max = 1 << 16) int position) {
        List<byte[]> der = new ArrayList<>(CHAIN.toDer());
        der.set(certificate, flipped(der.get(certificate), position));
        Optional<PathResult> result = CertificateChain.fromDer(der).map(chain -> validate(chain, CRLS));
        result.ifPresent(judged -> assertThat(judged).isInstanceOf(PathResult.Rejected.class));
    }

    @Property(tries = 200)
    void noFlippedBitOfAListMakesItCount(
            @ForAll @IntRange(max = 2) int list, @ForAll @IntRange(max = 1 << 16) int position) {
        List<X509CRL> crls = new ArrayList<>(CRLS.crls());
        byte[] changed = flipped(Certificates.toDer(crls.remove(list)), position);
        Certificates.crlFromDer(changed).ifPresent(crls::add);
        assertThat(validate(CHAIN, new CrlSet(crls, CrlProfile.FIELD, TestLicensor.NOW)))
                .isInstanceOfSatisfying(
                        PathResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(PathRejection.CRL_STALE));
    }

    @Property(tries = 500)
    void noiseIsNoCertificateAndNoList(@ForAll @Size(max = 300) byte[] noise) {
        assertThat(Certificates.fromDer(noise)).isEmpty();
        assertThat(Certificates.fromPem(noise)).isEmpty();
        assertThat(Certificates.crlFromDer(noise)).isEmpty();
        assertThat(CertificateChain.fromDer(List.of(noise))).isEmpty();
    }

    private static PathResult validate(CertificateChain chain, CrlSet crls) {
        return PathValidator.of(LICENSOR.root().certificate())
                .validateIdevid(chain, TestLicensor.LICENSE_OID, TestLicensor.NOW, crls);
    }

    private static byte[] flipped(byte[] bytes, int position) {
        byte[] flipped = bytes.clone();
        int bit = position % (bytes.length * 8);
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }
}
