package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.v1.Capsule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The capsule of a demo's unit, as its owner would look at it: with the root certificate and nothing else. */
final class CapsuleCommandIT {
    @TempDir
    Path folder;

    private Path capsule;
    private Path root;

    @BeforeEach
    void aCapsule() {
        capsule = SharedDemo.folder().capsule(SharedDemo.serial("DE-01"));
        root = SharedDemo.folder().rootCertificate();
    }

    @Test
    void provesEveryOwnerFromTheRootAlone() {
        Cli verified = Cli.run("capsule", "verify", capsule, "--root", root, "--json");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.json().at("/serial").asText()).isEqualTo(SharedDemo.serial("DE-01"));
        assertThat(verified.json().at("/owners").toString()).isEqualTo("[\"DE-01\",\"centre-1\",\"end-user-1\"]");
        assertThat(Cli.run("capsule", "verify", capsule, "--root", root).out())
                .contains("born on line DE-01", "DE-01 > centre-1 > end-user-1");
    }

    @Test
    void refusesWhatWasChanged() throws IOException {
        assertRefused("CHAIN_BROKEN", "voucher", altered(content -> content.removeSteps(0)));
        assertRefused("RECEIPT_SIGNATURE", "receipt", altered(content -> content.removeSteps(1)));
        assertRefused("MALFORMED", "capsule", Files.write(folder.resolve("no.capsule"), new byte[] {-1}));
    }

    @Test
    void refusesATrustBundleOlderThanOneThatIsKnown() {
        Cli refused = Cli.run("capsule", "verify", capsule, "--root", root, "--bundle-revision", 99, "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.json().at("/findings/0/where").asText()).isEqualTo("trust_bundle");
    }

    @Test
    void saysWhatIsMissing() {
        Cli nothing = Cli.run("capsule", "verify", folder.resolve("none"), "--root", root);
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.errorLine()).startsWith("FILE_MISSING: ");
    }

    private Path altered(UnaryOperator<Capsule.Builder> change) throws IOException {
        Capsule.Builder builder = Capsule.parseFrom(Files.readAllBytes(capsule)).toBuilder();
        return Files.write(
                folder.resolve("altered.capsule"), change.apply(builder).build().toByteArray());
    }

    private void assertRefused(String code, String where, Path file) {
        Cli refused = Cli.run("capsule", "verify", file, "--root", root, "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.json().at("/code").asText()).isEqualTo(code);
        assertThat(refused.json().at("/findings/0/where").asText()).isEqualTo(where);
    }
}
