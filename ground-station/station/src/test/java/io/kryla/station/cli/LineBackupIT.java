package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.witness.Witness;
import io.kryla.station.trial.TrialLine;
import io.kryla.station.trial.TrialUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line's ledger is copied while it is open, put back, and refused when the witness has seen more. */
class LineBackupIT {
    @TempDir
    Path folder;

    private TrialLine line;

    @BeforeEach
    void aLine() {
        FrontDoor door = FrontDoor.of(Kryla.commandLine(), true);
        line = TrialLine.found(folder, Optional.empty(), 10, door.wallClock(), door.random());
    }

    private Cli run(String command, Object... more) {
        Object[] all = new Object[more.length + 5];
        all[0] = "line";
        all[1] = command;
        all[2] = "--dir";
        all[3] = folder.resolve("line");
        all[4] = "--json";
        System.arraycopy(more, 0, all, 5, more.length);
        return Cli.run(all);
    }

    private void bear(String name) {
        try (LineLedger ledger = line.open(request -> request)) {
            TrialUnits.bear(ledger, name);
        }
    }

    private void bearAndCosign(String name) {
        try (Witness witness = line.premises().openWitness();
                LineLedger ledger = line.open(witness)) {
            TrialUnits.bear(ledger, name);
            assertThat(ledger.cosign()).isInstanceOf(CosignResult.Cosigned.class);
        }
    }

    private Path ledgerFile() {
        return line.premises().privateFolder().line("DE-01").ledger().resolve("ledger.sqlite");
    }

    @Test
    void isTakenWhileTheLineWorksAndHoldsOneMoment() {
        Path backup = folder.resolve("backup");
        try (LineLedger ledger = line.open(request -> request)) {
            TrialUnits.bear(ledger, "A");

            Cli taken = run("backup", "--out", backup);

            assertThat(taken.exit()).as(taken.err()).isZero();
            assertThat(taken.json().get("size").asInt()).isEqualTo(1);
            assertThat(taken.json().get("cosigned_size").asInt()).isZero();
            TrialUnits.bear(ledger, "B");
            assertThat(run("restore", "--from", backup).errorLine()).startsWith("LEDGER_BUSY: ");
            assertThat(ledger.size()).isEqualTo(2);
        }
        assertThat(backup.resolve("keys/ledger.key")).exists();
        assertThat(backup.resolve("keys/passphrase")).doesNotExist();
    }

    @Test
    void bringsALostLedgerBack() throws IOException {
        bearAndCosign("A");
        Path backup = folder.resolve("backup");
        run("backup", "--out", backup);
        Files.write(ledgerFile(), new byte[8_192]); // a disk that went bad

        Cli restored = run("restore", "--from", backup);

        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.json().get("cosigned_size").asInt()).isEqualTo(1);
        assertThat(ledgerFile().resolveSibling("ledger.sqlite.replaced")).exists();
        bearAndCosign("B");
    }

    @Test
    void anOlderCopyIsRefusedBecauseTheWitnessHasSeenMore() throws IOException {
        bearAndCosign("A");
        Path backup = folder.resolve("backup");
        run("backup", "--out", backup);
        bearAndCosign("B");
        byte[] before = Files.readAllBytes(ledgerFile());

        Cli refused = run("restore", "--from", backup);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.errorLine()).startsWith("LEDGER_ROLLED_BACK: ").contains("size 2 was cosigned");
        assertThat(ledgerFile()).hasBinaryContent(before);
    }

    @Test
    void anOlderCopyThatWasPutInPlaceByHandIsNotServed() throws IOException {
        bearAndCosign("A");
        Path backup = folder.resolve("backup");
        run("backup", "--out", backup);
        bearAndCosign("B");
        Files.copy(backup.resolve("ledger.sqlite"), ledgerFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Cli served = run("serve", "--seconds", 1, "--listen", "127.0.0.1:0");

        assertThat(served.exit()).isEqualTo(1);
        assertThat(served.errorLine()).startsWith("LEDGER_ROLLED_BACK: ");
    }

    @Test
    void whatIsNoBackupIsRefusedAndNothingIsOverwritten() throws IOException {
        bear("A");
        assertThat(run("restore", "--from", folder).errorLine()).startsWith("NOT_A_BACKUP: ");
        Path backup = folder.resolve("backup");
        run("backup", "--out", backup);
        assertThat(run("backup", "--out", backup).errorLine()).startsWith("FILE_EXISTS: ");
        byte[] damaged = Files.readAllBytes(backup.resolve("ledger.sqlite"));
        java.util.Arrays.fill(damaged, 4_096, damaged.length, (byte) 0x5a);
        Files.write(backup.resolve("ledger.sqlite"), damaged);

        Cli refused = run("restore", "--from", backup);

        assertThat(refused.errorLine()).startsWith("LEDGER_CORRUPT: ");
        try (LineLedger ledger = line.open(request -> request)) {
            assertThat(ledger.size()).isEqualTo(1);
        }
    }
}
