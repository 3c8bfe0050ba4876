package io.kryla.station.trial;

import io.kryla.factory.ledger.AdmitResult;
import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.VerifiedLicense;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.founding.Founding;
import io.kryla.station.founding.LineSite;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A line that was founded for a trial: its documents, its keys, and its ledger wherever it lies. */
public record TrialLine(Premises premises, LedgerDatabase database) {
    public static final String LINE = "DE-01";

    /** Founds licensor and line in a folder. */
    public static TrialLine found(
            Path folder, Optional<LedgerDatabase> database, int quota, InstantSource clock, SecureRandom random) {
        WorldPlan plan = new WorldPlan(List.of(LineSite.numbered(1, LINE, "DE", quota)));
        Founding.found(plan, publicFolder(folder), privateFolder(folder), random, clock.instant());
        return in(folder, database, clock, random);
    }

    /** The line that was founded in the folder, perhaps by another process. */
    public static TrialLine in(
            Path folder, Optional<LedgerDatabase> database, InstantSource clock, SecureRandom random) {
        PrivateFolder secrets = privateFolder(folder);
        return new TrialLine(
                Premises.of(publicFolder(folder), secrets, clock, random),
                database.orElseGet(
                        () -> LedgerDatabase.inFolder(secrets.line(LINE).ledger())));
    }

    private static PublicFolder publicFolder(Path folder) {
        return new PublicFolder(folder.resolve("line"));
    }

    private static PrivateFolder privateFolder(Path folder) {
        return new PrivateFolder(folder.resolve("line.private"));
    }

    /** The line's ledger with its license admitted. */
    public LineLedger open(WitnessClient witness) {
        PrivateFolder.LineFiles files = premises.privateFolder().line(LINE);
        VerifiedLicense license = license();
        LineLedger ledger = LineLedger.builder()
                .database(database)
                .line(new LicensedLine(
                        LINE,
                        license.content().getLedgerOrigin(),
                        premises.keys().read(files.key("line-ca")).key().spkiSha256()))
                .trust(premises.bundle())
                .key(premises.keys().read(files.key("ledger")))
                .clock(premises.clock())
                .witness(witness)
                .open();
        AdmitResult admitted = ledger.admitLicense(license.envelope());
        if (admitted instanceof Refused refused) {
            ledger.close();
            throw new TrialException("the trial's own license is refused: " + refused.code());
        }
        return ledger;
    }

    /** The license that the line was founded with. */
    public VerifiedLicense license() {
        DocumentResult<VerifiedLicense> opened = VerifiedLicense.open(
                premises.bundle(),
                DocumentFiles.readEnvelope(premises.publicFolder().license(LINE)));
        if (opened instanceof DocumentResult.Verified<VerifiedLicense> verified) {
            return verified.document();
        }
        throw new TrialException("the trial's own license does not verify: " + opened);
    }
}
