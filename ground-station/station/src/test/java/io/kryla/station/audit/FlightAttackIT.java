package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.MADE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.keys.Digest;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.RecordingStatement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flight told otherwise than it was: by files, by what the station signs, by leaves that the witness let pass. */
class FlightAttackIT {
    private static final ByteString OTHER =
            ByteString.copyFrom(Digest.sha256(new byte[] {7}).bytes());

    private PublishedFolder folder;
    private DishonestLine line;
    private PublicFolder.FlightFiles files;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
        files = folder.files.flight(folder.serial(DE));
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void whateverTheLedgerHoldsTheHashOf() {
        for (Path file : List.of(files.plan(), files.vehicle(), files.truth(), files.verdict(), files.recording())) {
            folder.write(file, (new String(folder.read(file), UTF_8) + "# better").getBytes(UTF_8));
            line.remakeManifest();
            assertThatFolder(folder)
                    .isRefusedFor("LEDGER_MISMATCH", folder.path(file))
                    .butNotFor("HASH_MISMATCH");
            folder.restore();
        }
    }

    @Test
    void planAndVehicleTakenAway() {
        for (Path file : List.of(files.plan(), files.vehicle())) {
            folder.remove(folder.path(file));
            line.remakeManifest();
            assertThatFolder(folder).isRefusedFor("FILE_MISSING", folder.path(file));
            folder.restore();
        }
    }

    @Test
    void anAttemptThatWasOpenedForAnotherFlight() {
        RemadeLedger ledger = line.ledger();
        LedgerLeaf.Builder opened = ledger.leaf(1).toBuilder();
        opened.getFlightOpenedBuilder().setNonce(OTHER);
        ledger.set(1, opened);
        anchorIn(ledger);
        assertThatFolder(folder)
                .isRefusedFor("NONCE_MISMATCH", folder.path(files.recording()))
                .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(files.acceptance()));
    }

    @Test
    void aClosingThatTheProofIsNotOf() {
        RemadeLedger ledger = line.ledger();
        LedgerLeaf.Builder closed = ledger.leaf(2).toBuilder();
        closed.getFlightClosedBuilder().setTruthMcapSha256(OTHER);
        ledger.set(2, closed);
        line.collude(ledger, MADE);
        assertThatFolder(folder)
                .isRefusedFor("ANCHOR_MISMATCH", folder.path(files.anchor()))
                .isRefusedFor("LEDGER_MISMATCH", folder.path(files.truth()));
    }

    @Test
    void aProofOfAnotherLeaf() {
        folder.write(
                files.anchor(),
                folder.read(folder.files.airframe(folder.serial(DE)).birthProof()));
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("ANCHOR_MISMATCH", folder.path(files.anchor()));
    }

    @Test
    void aStatementAboutAnotherRecording() {
        RecordingStatement genuine = folder.payload(files.recordingStatement(), RecordingStatement.parser());
        for (RecordingStatement other : List.of(
                genuine.toBuilder()
                        .setFlightMcapSizeBytes(genuine.getFlightMcapSizeBytes() + 1)
                        .build(),
                genuine.toBuilder().setFlightRoot(OTHER).build(),
                genuine.toBuilder().setFlightMcapSha256(OTHER).build())) {
            folder.write(files.recordingStatement(), line.signed(PayloadType.RECORDING_STATEMENT, other));
            line.remakeManifest();
            assertThatFolder(folder)
                    .isRefusedFor("RECORDING_MISMATCH", folder.path(files.recordingStatement()))
                    .butNotFor("HASH_MISMATCH");
        }
    }

    @Test
    void anAcceptanceRecordThatSaysMoreThanTheLeaves() {
        AcceptanceRecord genuine = folder.payload(files.acceptance(), AcceptanceRecord.parser());
        for (AcceptanceRecord other : List.of(
                genuine.toBuilder().clearAttempts().build(),
                genuine.toBuilder().setSeed(genuine.getSeed() + 1).build(),
                genuine.toBuilder().setOperatorCardId("somebody else").build())) {
            folder.write(files.acceptance(), line.signed(PayloadType.ACCEPTANCE_RECORD, other));
            line.remakeManifest();
            assertThatFolder(folder)
                    .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(files.acceptance()))
                    .butNotFor("HASH_MISMATCH");
        }
    }

    @Test
    void aReportThatTheRecordIsNotOf() {
        for (Path report : List.of(files.report(), files.printedReport(), files.junitReport())) {
            folder.write(report, "<p>All is well.</p>".getBytes(UTF_8));
            line.remakeManifest();
            assertThatFolder(folder)
                    .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(report))
                    .butNotFor("HASH_MISMATCH");
        }
    }

    @Test
    void aRecordOfBeforePrintedReportsIsOfAFlightWithoutThem() {
        AcceptanceRecord older = folder.payload(files.acceptance(), AcceptanceRecord.parser()).toBuilder()
                .clearPrintedReportSha256()
                .clearJunitReportSha256()
                .build();
        folder.write(files.acceptance(), line.signed(PayloadType.ACCEPTANCE_RECORD, older));
        line.remakeManifest();
        assertThatFolder(folder)
                .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(files.printedReport()))
                .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(files.junitReport()));

        folder.remove(folder.path(files.printedReport()));
        folder.remove(folder.path(files.junitReport()));
        line.remakeManifest();
        // The ledger holds the hash of the record that it was given.
        assertThatFolder(folder)
                .isRefusedFor("ACCEPTANCE_MISMATCH", folder.path(files.acceptance()))
                .butNotFor("FILE_MISSING");
    }

    @Test
    void aPassThatTheUnitDidNotSign() {
        AcceptanceRecord unsigned = folder.payload(files.acceptance(), AcceptanceRecord.parser()).toBuilder()
                .clearUnitStatement()
                .build();
        folder.write(files.acceptance(), line.signed(PayloadType.ACCEPTANCE_RECORD, unsigned));
        line.remakeManifest();
        assertThatFolder(folder).isRefusedFor("UNIT_STATEMENT_MISMATCH", folder.path(files.acceptance()));
    }

    /** Cosigned as it is now, with the flight's proof from it. */
    private void anchorIn(RemadeLedger ledger) {
        SignedCheckpoint cosigned = line.collude(ledger, MADE);
        folder.write(files.anchor(), FlightProofFile.encode(ledger.proof(2, cosigned)));
        line.remakeManifest();
    }
}
