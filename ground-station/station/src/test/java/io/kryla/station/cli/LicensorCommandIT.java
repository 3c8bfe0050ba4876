package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RootCa;
import io.kryla.factory.witness.Witness;
import io.kryla.identity.Certificates;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.ProvisioningBench;
import io.kryla.station.outcome.Progress;
import io.kryla.v1.LineDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The licensor's desk and a line that lives by what it sends, from the command line. */
final class LicensorCommandIT {

    /** The clock of the commands, for what the test does beside them. */
    private static final InstantSource WALL_CLOCK =
            FrontDoor.of(Kryla.commandLine(), true).wallClock();

    @TempDir
    private Path temporary;

    private LicensorBench bench;
    private @Nullable SoftwareSigner witnessKey;

    @BeforeEach
    void makeBench() throws IOException {
        bench = LicensorBench.withLine(temporary.resolve("bench"));
    }

    @Test
    void aLineIsFoundedLicensedRaisedAndRecalledByFile() throws IOException {
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
        Premises premises = Premises.open(bench.line, WALL_CLOCK, random);
        Files.createDirectories(premises.privateFolder().firmwareImage().getParent());
        Files.write(premises.privateFolder().firmwareImage(), new byte[] {1, 2, 3});
        if (witnessKey == null) {
            witnessKey = EncryptedKeyFile.read(bench.key("witness"), LicensorBench.PIN.toCharArray());
        }
        try (Witness witness =
                        Witness.open(bench.folder.resolve("witness"), premises.bundle(), witnessKey, WALL_CLOCK);
                ProductionLine line = ProductionLine.open("DE-01", premises, witness);
                ProvisioningBench provisioning = ProvisioningBench.open(line, Progress.silent())) {
            SimulatedBoard board = SimulatedBoard.make(
                    premises.privateFolder().airframe("DE-01", slot),
                    WorldPlan.DESIGN_OID,
                    premises.root(),
                    slot,
                    random);
            ProvisioningOutcome outcome = provisioning.provision(board, PlantedDefect.NONE);
            return outcome instanceof ProvisioningOutcome.Born born
                    ? born.serial()
                    : ((ProvisioningOutcome.Refused) outcome).code();
        }
    }

    @Test
    void nothingIsInForceThatOnePersonSigned() {
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
    void whatWasDraftedUnderAnotherBundleOrRevisionIsRefused() {
        Path early = bundleDraft("early.draft", "--quorum", "1");
        bench.putInForce(bundleDraft("bundle.draft", "--add-officer", bench.publicKey("bob")));
        bench.sign(early, "alice");
        bench.sign(early, "bob");
        assertThat(bench.take(early).errorLine()).startsWith("FOREIGN");

        Path raise = bench.draftLicense(6, "raise.draft");
        Path raiseToo = bench.draftLicense(700, "raise-too.draft");
        bench.putInForce(raise);
        bench.sign(raiseToo, "alice");
        bench.sign(raiseToo, "bob");
        assertThat(bench.take(raiseToo).errorLine()).startsWith("LICENSE_ROLLBACK");
    }

    private Path bundleDraft(String name, Object... change) {
        Path draft = bench.folder.resolve(name);
        List<Object> arguments =
                new ArrayList<>(List.of("licensor", "bundle", "--dir", bench.licensor, "--out", draft));
        arguments.addAll(List.of(change));
        LicensorBench.passes(arguments.toArray());
        return draft;
    }

    @Test
    void aLineTakesNothingOfAnotherRootOrLineAndNothingOlder() throws IOException {
        Path first = bench.folder.resolve("first.delivery");
        assertThat(bench.install(first).json().at("/files")).isEmpty();

        LineDelivery delivery = LineDelivery.parseFrom(Files.readAllBytes(first));
        Path foreign = bench.folder.resolve("foreign.delivery");
        Path root = bench.folder.resolve("other-root.pem");
        X509Certificate other = otherRoot();
        Files.write(
                foreign,
                delivery.toBuilder()
                        .setRootCertificate(ByteString.copyFrom(Certificates.toDer(other)))
                        .build()
                        .toByteArray());
        Files.writeString(root, Certificates.toPem(other));
        assertThat(bench.install(foreign).json().at("/code").asText()).isEqualTo("WRONG_ROOT");
        assertThat(bench.install(foreign, "--root", root).json().at("/code").asText())
                .isEqualTo("WRONG_ROOT");
        Files.write(foreign, delivery.toBuilder().setLine("GB-01").build().toByteArray());
        assertThat(bench.install(foreign).json().at("/code").asText()).isEqualTo("DELIVERY_FOREIGN");
        Files.write(foreign, delivery.toBuilder().clearLicenses().build().toByteArray());
        assertThat(bench.install(foreign).json().at("/code").asText()).isEqualTo("LICENSE_ROLLBACK");
        Files.write(
                foreign,
                delivery.toBuilder()
                        .setLineCaChain(0, delivery.getOperationsCaChain(0))
                        .build()
                        .toByteArray());
        assertThat(bench.install(foreign).json().at("/code").asText()).isEqualTo("WRONG_KEY");
        Files.write(foreign, new byte[] {1, 2, 3});
        assertThat(bench.install(foreign).json().at("/code").asText()).isEqualTo("FILE_MALFORMED");

        bench.putInForce(bundleDraft("bundle.draft", "--add-officer", bench.publicKey("bob")));
        assertThat(bench.install(bench.deliver("second.delivery"))
                        .json()
                        .at("/bundle_revision")
                        .asInt())
                .isEqualTo(3);
        assertThat(bench.install(first).json().at("/code").asText()).isEqualTo("BUNDLE_ROLLBACK");
    }

    private static X509Certificate otherRoot() {
        SecureRandom random = new SecureRandom();
        return RootCa.create(
                        PartyName.of("UA", "Licensor"),
                        SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random),
                        WALL_CLOCK.instant(),
                        random)
                .certificate();
    }

    @Test
    void theFirstInstallationNeedsTheRootFromTheLicensorsHand() throws IOException {
        Path delivery = bench.folder.resolve("first.delivery");
        Files.move(bench.line, bench.folder.resolve("away"));

        assertThat(bench.install(delivery).json().at("/code").asText()).isEqualTo("ROOT_UNKNOWN");
        assertThat(bench.line).doesNotExist();
        Cli installed = bench.install(delivery, "--root", bench.licensor.resolve("root.pem"));
        assertThat(installed.exit()).as(installed.err()).isZero();
        assertThat(installed.json().at("/quota").asInt()).isEqualTo(1);
    }

    @Test
    void aRevokedLineCaIsOnTheListThatTheNextDeliveryBrings() throws IOException {
        Path draft = bench.folder.resolve("revoke.draft");
        LicensorBench.passes(
                "licensor",
                "revoke",
                bench.licensor.resolve("lines/DE-01/line-ca.pem"),
                "--dir",
                bench.licensor,
                "--reason",
                "compromise",
                "--out",
                draft);
        bench.putInForce(draft);
        assertThat(bench.install(bench.deliver("revoked.delivery")).exit()).isZero();

        assertThat(provision(1)).isEqualTo("REVOKED");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path fresh = bench.folder.resolve("fresh");
        assertThat(bench.init(fresh, "--threshold", "1").errorLine()).startsWith("THRESHOLD_TOO_LOW");
        assertThat(bench.init(fresh, "--threshold", "4").errorLine()).startsWith("BUNDLE_REFUSED");
        assertThat(bench.init(fresh, "--arc", "no").errorLine()).startsWith("OID_MALFORMED");
        assertThat(Cli.run("licensor", "crl", "--dir", fresh).errorLine()).startsWith("NOT_A_LICENSOR");
        assertThat(bench.init(fresh).exit()).isZero();
        assertThat(bench.init(fresh).errorLine()).startsWith("LICENSOR_EXISTS");
        assertThat(bench.take(bench.publicKey("alice")).errorLine()).startsWith("NOT_A_DRAFT");
        assertThat(Cli.run(
                                "licensor",
                                "deliver",
                                "--dir",
                                bench.licensor,
                                "--line",
                                "XX-01",
                                "--out",
                                bench.folder.resolve("x"))
                        .errorLine())
                .startsWith("LINE_UNKNOWN");
        assertThat(Cli.run("licensor", "crl", "--dir", bench.licensor).errorLine())
                .startsWith("PIN_NEEDED");
        Path wrong = bench.folder.resolve("wrong-pin");
        Files.writeString(wrong, "wrong\n");
        Files.setPosixFilePermissions(wrong, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertThat(Cli.run("licensor", "crl", "--dir", bench.licensor, "--pin-file", wrong)
                        .errorLine())
                .startsWith("KEY_FILE_LOCKED");
        assertThat(LicensorBench.passes("licensor", "crl", "--dir", bench.licensor, "--pin-file", bench.pin)
                        .exit())
                .isZero();
    }
}
