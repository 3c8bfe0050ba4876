package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.witness.Witness;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The licensor's desk and a line that lives by what it sends, from the command line. */
final class LicensorCommandIT {
    @TempDir
    private Path temporary;

    private LicensorBench bench;

    @BeforeEach
    void makeBench() throws IOException {
        bench = new LicensorBench(temporary);
    }

    @Test
    void aLineIsFoundedLicensedRaisedAndRecalledByFile() throws IOException {
        bench.lineWith(1);
        assertThat(provision(1)).isEqualTo("ZZZZ8DE010001");
        assertThat(provision(2)).isEqualTo("QUOTA_EXHAUSTED");

        bench.putInForce(bench.draftLicense(3, "raise.draft"));
        Path raise = bench.deliver("raise.delivery");
        Cli raised = bench.install(raise);
        assertThat(raised.exit()).as(raised.err()).isZero();
        assertThat(raised.json().at("/quota").asInt()).isEqualTo(3);
        assertThat(raised.json().at("/license_revision").asInt()).isEqualTo(2);
        assertThat(provision(2)).isEqualTo("ZZZZ8DE010002");

        bench.putInForce(bench.draftLicense(1, "recall.draft"));
        assertThat(bench.install(bench.deliver("recall.delivery")).exit()).isZero();
        assertThat(provision(3)).isEqualTo("QUOTA_EXHAUSTED");

        Cli rollback = bench.install(raise);
        assertThat(rollback.exit()).isEqualTo(1);
        assertThat(rollback.json().at("/code").asText()).isEqualTo("LICENSE_ROLLBACK");
        assertThat(provision(3)).isEqualTo("QUOTA_EXHAUSTED");
    }

    /** The serial of the unit that was born, or why none was. */
    private String provision(int slot) throws IOException {
        SecureRandom random = new SecureRandom();
        Premises premises = Premises.open(bench.line, Clock.systemUTC(), random);
        Files.createDirectories(premises.privateFolder().firmwareImage().getParent());
        Files.write(premises.privateFolder().firmwareImage(), new byte[] {1, 2, 3});
        char[] pin = "correct horse".toCharArray();
        try (Witness witness = Witness.open(
                        temporary.resolve("witness"),
                        premises.bundle(),
                        EncryptedKeyFile.read(bench.key("witness"), pin),
                        Clock.systemUTC());
                ProductionLine line = ProductionLine.open("DE-01", premises, witness);
                ProvisioningBench bench = ProvisioningBench.open(line, Progress.silent())) {
            SimulatedBoard board = SimulatedBoard.make(
                    premises.privateFolder().airframe("DE-01", slot),
                    WorldPlan.DESIGN_OID,
                    premises.root(),
                    slot,
                    random);
            ProvisioningOutcome outcome = bench.provision(board, PlantedDefect.NONE);
            return outcome instanceof ProvisioningOutcome.Born born
                    ? born.serial()
                    : ((ProvisioningOutcome.Refused) outcome).code();
        }
    }

    @Test
    void nothingIsInForceThatOnePersonSigned() {
        bench.found();
        bench.admitLine();
        Path draft = bench.draftLicense(5, "license.draft");
        assertThat(bench.take(draft).errorLine()).startsWith("THRESHOLD");
        assertThat(bench.sign(draft, "alice").exit()).isZero();
        assertThat(bench.sign(draft, "alice").errorLine()).startsWith("SIGNED_ALREADY");
        assertThat(bench.take(draft).errorLine()).startsWith("THRESHOLD");
        assertThat(bench.sign(draft, "witness").exit()).isZero();
        assertThat(bench.take(draft).errorLine()).startsWith("UNKNOWN_SIGNER");

        Path again = bench.draftLicense(5, "again.draft");
        bench.putInForce(again);
        assertThat(bench.take(again).errorLine()).startsWith("ALREADY_TAKEN");
    }

    @Test
    void whatWasDraftedUnderAnotherBundleOrRevisionIsRefused() throws IOException {
        bench.found();
        Path early = temporary.resolve("early.draft");
        bench.makeKey("witness-2");
        LicensorBench.passes(
                "licensor", "bundle", "--dir", bench.licensor, "--out", early, "--add-witness",
                bench.publicKey("witness-2"));
        bench.admitLine();
        bench.sign(early, "alice");
        bench.sign(early, "bob");
        assertThat(bench.take(early).errorLine()).startsWith("FOREIGN");

        Path one = bench.draftLicense(5, "one.draft");
        Path other = bench.draftLicense(500, "other.draft");
        bench.putInForce(one);
        bench.sign(other, "alice");
        bench.sign(other, "bob");
        assertThat(bench.take(other).errorLine()).startsWith("LICENSE_ROLLBACK");
        Path raise = bench.draftLicense(6, "raise.draft");
        Path raiseToo = bench.draftLicense(7, "raise-too.draft");
        bench.putInForce(raise);
        bench.sign(raiseToo, "alice");
        bench.sign(raiseToo, "bob");
        assertThat(bench.take(raiseToo).errorLine()).startsWith("LICENSE_ROLLBACK");
    }

    @Test
    void aLineTakesNothingOfAnotherRootOrLineAndNothingOlder() throws IOException {
        bench.lineWith(1);
        Path first = bench.folder.resolve("first.delivery");
        assertThat(bench.install(first).json().at("/files")).isEmpty();

        Path otherFolder = Files.createDirectory(temporary.resolve("other"));
        LicensorBench other = new LicensorBench(otherFolder);
        other.lineWith(1);
        Cli foreign = bench.install(otherFolder.resolve("first.delivery"));
        assertThat(foreign.json().at("/code").asText()).isEqualTo("WRONG_ROOT");
        Cli foreignRoot = bench.install(
                otherFolder.resolve("first.delivery"), "--root", other.licensor.resolve("root.pem"));
        assertThat(foreignRoot.json().at("/code").asText()).isEqualTo("WRONG_ROOT");

        bench.makeKey("officer-1");
        Path draft = temporary.resolve("officer.draft");
        LicensorBench.passes(
                "licensor", "bundle", "--dir", bench.licensor, "--out", draft, "--add-officer",
                bench.publicKey("officer-1"));
        bench.putInForce(draft);
        assertThat(bench.install(bench.deliver("second.delivery")).json().at("/bundle_revision").asInt())
                .isEqualTo(3);
        assertThat(bench.install(first).json().at("/code").asText()).isEqualTo("BUNDLE_ROLLBACK");
    }

    @Test
    void theFirstInstallationNeedsTheRootFromTheLicensorsHand() throws IOException {
        bench.found();
        bench.admitLine();
        Path delivery = bench.deliver("first.delivery");

        assertThat(bench.install(delivery).json().at("/code").asText()).isEqualTo("ROOT_UNKNOWN");
        assertThat(bench.line.resolve("root.pem")).doesNotExist();
        Cli installed = bench.install(delivery, "--root", bench.licensor.resolve("root.pem"));
        assertThat(installed.exit()).as(installed.err()).isZero();
        assertThat(installed.json().has("quota")).isFalse();
    }

    @Test
    void aRevokedLineCaIsOnTheListThatTheNextDeliveryBrings() throws IOException {
        bench.lineWith(2);
        assertThat(provision(1)).isEqualTo("ZZZZ8DE010001");
        Path draft = temporary.resolve("revoke.draft");
        LicensorBench.passes(
                "licensor", "revoke", bench.licensor.resolve("lines/DE-01/line-ca.pem"), "--dir", bench.licensor,
                "--reason", "compromise", "--out", draft);
        bench.putInForce(draft);
        assertThat(bench.install(bench.deliver("revoked.delivery")).exit()).isZero();

        assertThat(provision(2)).isNotEqualTo("ZZZZ8DE010002");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        bench.makeKey("alice");
        bench.makeKey("bob");
        bench.makeKey("carol");
        bench.makeKey("witness");
        assertThat(bench.init("--threshold", "1").errorLine()).startsWith("THRESHOLD_TOO_LOW");
        assertThat(bench.init("--threshold", "4").errorLine()).startsWith("BUNDLE_REFUSED");
        assertThat(bench.init("--arc", "no").errorLine()).startsWith("OID_MALFORMED");
        assertThat(bench.take(bench.publicKey("alice")).errorLine()).startsWith("NOT_A_LICENSOR");
        assertThat(bench.init().exit()).isZero();
        assertThat(bench.init().errorLine()).startsWith("LICENSOR_EXISTS");
        assertThat(bench.take(bench.publicKey("alice")).errorLine()).startsWith("NOT_A_DRAFT");
        assertThat(Cli.run("licensor", "deliver", "--dir", bench.licensor, "--line", "XX-01", "--out", temporary.resolve("x"))
                        .errorLine())
                .startsWith("LINE_UNKNOWN");
        assertThat(Cli.run("licensor", "crl", "--dir", bench.licensor).errorLine()).startsWith("PIN_NEEDED");
        Path wrong = temporary.resolve("wrong-pin");
        Files.writeString(wrong, "wrong\n");
        Files.setPosixFilePermissions(wrong, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertThat(Cli.run("licensor", "crl", "--dir", bench.licensor, "--pin-file", wrong).errorLine())
                .startsWith("KEY_FILE_LOCKED");
        assertThat(LicensorBench.passes("licensor", "crl", "--dir", bench.licensor, "--pin-file", bench.pin).exit())
                .isZero();
    }
}
