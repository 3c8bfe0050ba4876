package io.kryla.factory.testline;

import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.witness.Witness;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A line in a process of its own: bears unit after unit and reports each serial once it is recorded. */
public final class CutOffLine {
    /** What a line of output begins with when a serial follows. */
    public static final String REPORT = "BORN ";

    private static final char[] PASSPHRASE = "of a test".toCharArray();

    private CutOffLine() {}

    /** Leaves for the process what it needs of the line, which must be closed meanwhile. */
    public static void prepare(TestLine line, Path folder) throws IOException {
        Files.writeString(folder.resolve("root.pem"), Certificates.toPem(line.licensor.root.certificate()));
        Files.write(
                folder.resolve("bundle.dsse"), line.licensor.bundle.envelope().toByteArray());
        Files.writeString(
                folder.resolve("line-ca"),
                line.licensor.line().lineCaKeySha256().hex());
        EncryptedKeyFile.write(folder.resolve("ledger.key"), line.licensor.ledgerKey, PASSPHRASE.clone());
        EncryptedKeyFile.write(folder.resolve("witness.key"), line.licensor.witnessKey, PASSPHRASE.clone());
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SettableClock clock = new SettableClock();
        TrustedBundle bundle = bundleIn(folder);
        Witness witness = Witness.open(
                folder.resolve("witness"),
                bundle,
                EncryptedKeyFile.read(folder.resolve("witness.key"), PASSPHRASE.clone()),
                clock);
        LineLedger ledger = LineLedger.builder()
                .folder(folder.resolve("ledger"))
                .line(new LicensedLine(
                        "DE-01", TestLicensor.ORIGIN, Digest.fromHex(Files.readString(folder.resolve("line-ca")))))
                .trust(bundle)
                .key(EncryptedKeyFile.read(folder.resolve("ledger.key"), PASSPHRASE.clone()))
                .clock(clock)
                .witness(witness)
                .open();
        for (int unit = 1; ; unit++) {
            System.out.println(REPORT + bear(ledger, "board " + unit));
            if (unit % 5 == 0) {
                ledger.cosign();
            }
        }
    }

    private static String bear(LineLedger ledger, String name) {
        ClaimResult.Granted claim = (ClaimResult.Granted)
                ledger.claim(Leaves.digest("key " + name), Leaves.digest("hardware " + name), "card-1");
        String serial = claim.unit().serial();
        ledger.advance(serial, UnitState.CERTIFIED, "card-1", Map.of());
        ledger.advance(serial, UnitState.INSTALLED, "card-1", Map.of());
        byte[] record = ("birth record of " + name).getBytes(StandardCharsets.UTF_8);
        TestLine.append(ledger.append(Leaves.born(serial, name), Map.of("birth-record", record)));
        return serial;
    }

    private static TrustedBundle bundleIn(Path folder) throws IOException {
        return ((DocumentResult.Verified<TrustedBundle>) TrustedBundle.open(
                        Certificates.fromPem(Files.readAllBytes(folder.resolve("root.pem")))
                                .orElseThrow(),
                        Envelope.parseFrom(Files.readAllBytes(folder.resolve("bundle.dsse"))),
                        OptionalLong.empty()))
                .document();
    }
}
