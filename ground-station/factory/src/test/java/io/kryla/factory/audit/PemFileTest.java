package io.kryla.factory.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.Certificates;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class PemFileTest {
    private final TestLicensor licensor = new TestLicensor();
    private final X509Certificate root = licensor.root.certificate();
    private final X509Certificate design = licensor.designChain.leaf();
    private final String chain = Certificates.toPem(design) + Certificates.toPem(root);

    @Test
    void readsBlocksLeafFirst() {
        assertThat(PemFile.chain(bytes(chain)).orElseThrow().certificates()).containsExactly(design, root);
    }

    @Test
    void refusesEveryByteOutsideTheBlocks() {
        assertThat(PemFile.chain(bytes("# comment\n" + chain))).isEmpty();
        assertThat(PemFile.chain(bytes(Certificates.toPem(design) + "\n" + Certificates.toPem(root))))
                .isEmpty();
        assertThat(PemFile.chain(bytes(chain + "\n"))).isEmpty();
        assertThat(PemFile.chain(bytes(chain.replace("\n", "\r\n")))).isEmpty();
        assertThat(PemFile.chain(bytes(chain.substring(0, chain.length() - 1)))).isEmpty();
    }

    @Test
    void refusesNoneAndTooMany() {
        assertThat(PemFile.chain(new byte[0])).isEmpty();
        assertThat(PemFile.chain(bytes(chain + chain + chain))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
