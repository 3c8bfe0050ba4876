package io.kryla.station.audit;

import static io.kryla.station.audit.AuditAssert.assertThatFolder;
import static io.kryla.station.audit.PublishedFolder.DE;
import static io.kryla.station.audit.PublishedFolder.MADE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.audit.AuditFinding;
import io.kryla.factory.audit.FolderSummary;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.keys.Digest;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.Capsule;
import io.kryla.v1.LedgerLeaf;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaves taken out, moved and put in: in the tiles alone, under the line's signature, and with the witness's help. */
class LedgerAttackIT {
    private static final String CHECKPOINT = "ledgers/DE-01/checkpoint";

    private PublishedFolder folder;
    private DishonestLine line;
    private RemadeLedger ledger;

    @BeforeEach
    void given() {
        folder = PublishedFolder.shared();
        line = new DishonestLine(folder, DE);
        ledger = line.ledger();
    }

    @AfterEach
    void undo() {
        folder.restore();
    }

    @Test
    void aLeafTakenOutLeavesTheCheckpointWithoutItsLeaves() {
        ledger.leaves.remove(3);
        ledger.writeUnsigned();
        assertThatFolder(folder).isRefusedFor("MISSING", "ledgers/DE-01/tile/entries/000.p/6");
    }

    @Test
    void leavesInAnotherOrderDoNotHashToTheRoot() {
        Collections.swap(ledger.leaves, 2, 3);
        ledger.writeUnsigned();
        assertThatFolder(folder).isRefusedFor("ROOT_MISMATCH", CHECKPOINT);
    }

    @Test
    void aLeafPutInIsOneThatTheCheckpointDoesNotCover() {
        ledger.leaves.add(fourthBirth(1));
        ledger.writeUnsigned();
        assertThatFolder(folder).isRefusedFor("MISSING", "ledgers/DE-01/tile/entries/000.p/6");
    }

    @Test
    void aLeafTakenOutUnderTheLinesOwnSignatureHasNoWitness() {
        ledger.leaves.remove(3);
        remade();
        assertThatFolder(folder).isRefusedFor("NO_QUORUM", CHECKPOINT);
    }

    @Test
    void leavesInAnotherOrderUnderTheLinesOwnSignatureHaveNoWitness() {
        Collections.swap(ledger.leaves, 2, 3);
        remade();
        assertThatFolder(folder).isRefusedFor("NO_QUORUM", CHECKPOINT);
    }

    @Test
    void aLeafPutInUnderTheLinesOwnSignatureHasNoWitness() {
        ledger.leaves.add(fourthBirth(1));
        remade();
        assertThatFolder(folder).isRefusedFor("NO_QUORUM", CHECKPOINT);
    }

    @Test
    void aFourthBirthInTheTilesAloneIsOneThatTheCheckpointDoesNotCover() {
        bearUpToFour();
        ledger.writeUnsigned();
        assertThatFolder(folder).isRefusedFor("MISSING", "ledgers/DE-01/tile/entries/000.p/6");
    }

    @Test
    void aHistoryThatTheWitnessCosignedTwiceContradictsTheCheckpointThatTheAuditorKnows() {
        byte[] known = folder.bytes(CHECKPOINT);
        ledger.leaves.set(5, reworded(ledger.leaf(5)));
        line.collude(ledger, MADE);
        assertThat(folder.audit(folder.root, Optional.of(known)).findings())
                .anyMatch(found ->
                        found.code().equals("INCONSISTENT") && found.file().equals(CHECKPOINT));
    }

    @Test
    void anOlderCheckpointPutInByHandIsOlderThanTheOneThatTheAuditorKnows() {
        byte[] known = folder.bytes(CHECKPOINT);
        writeBackTo(checkpointOfBirth());
        assertThat(folder.audit(folder.root, Optional.of(known)).findings())
                .extracting(AuditFinding::code)
                .contains("CHECKPOINT_ROLLBACK", "HASH_MISMATCH");
    }

    @Test
    void aFourthBirthUnderTheLinesOwnSignatureHasNoWitness() {
        bearUpToFour();
        remade();
        assertThatFolder(folder).isRefusedFor("NO_QUORUM", CHECKPOINT);
    }

    @Test
    void aFourthBirthThatTheWitnessCosignedIsBeyondTheQuota() {
        bearUpToFour();
        ledger.writeCosigned(line.colludingWitness(), MADE);
        line.remakeManifest(ledger.paths());
        assertThatFolder(folder).isRefusedFor("QUOTA_EXHAUSTED", "ledgers/DE-01/tile/entries/000.p/9");
    }

    @Test
    void aHistoryThatTheWitnessCosignedTwiceContradictsTheProofsInTheFolder() {
        ledger.leaves.set(5, reworded(ledger.leaf(5)));
        ledger.writeCosigned(line.colludingWitness(), MADE);
        line.remakeManifest(ledger.paths());
        assertThatFolder(folder).isRefusedFor("INCONSISTENT", "handover/" + folder.serial(DE) + ".capsule");
    }

    @Test
    void aManifestIsNotOlderThanTheCheckpointInIt() {
        ledger.writeCosigned(line.colludingWitness(), MADE.plusSeconds(3_600));
        line.remakeManifest(ledger.paths());
        assertThatFolder(folder).isRefusedFor("MANIFEST_TIME", "manifest-DE-01.dsse");
    }

    @Test
    void aGenuineCheckpointOfEarlierDaysLeavesTheFilesOfLaterDaysUnproven() {
        rollBackToBirth();
        assertThatFolder(folder)
                .isRefusedFor("UNKNOWN_FILE", "flights/" + folder.serial(DE) + "/flight.mcap")
                .isRefusedFor("UNKNOWN_FILE", "handover/" + folder.serial(DE) + ".capsule");
    }

    @Test
    void aProofOfLaterDaysShowsThatTheLedgerWasRolledBack() throws InvalidProtocolBufferException {
        String birthProof = "airframes/" + folder.serial(DE) + "/birth.tlog-proof";
        Capsule capsule = Capsule.parseFrom(folder.bytes("handover/" + folder.serial(DE) + ".capsule"));
        SignedCheckpoint old = checkpointOfBirth();
        folder.write(birthProof, FlightProofFile.encode(capsule.getBirth()));
        rollBackTo(old);
        assertThatFolder(folder).isRefusedFor("CHECKPOINT_ROLLBACK", birthProof);
    }

    @Test
    void aFolderRolledBackAsAWholeIsOlderThanTheCheckpointThatTheAuditorKnows() {
        byte[] known = folder.bytes(CHECKPOINT);
        rollBackToBirth();
        for (String path : folder.list("flights/" + folder.serial(DE))) {
            folder.remove(path);
        }
        folder.remove("handover/" + folder.serial(DE) + ".capsule");
        folder.write(folder.files.summary(), FolderSummary.ofPublished(folder.files, folder.bundle()));
        line.remakeManifest();
        assertThat(folder.audit().findings())
                .as("consistent in itself: only memory tells")
                .isEmpty();
        List<AuditFinding> findings =
                folder.audit(folder.root, Optional.of(known)).findings();
        assertThat(findings)
                .anyMatch(found -> found.code().equals("CHECKPOINT_ROLLBACK")
                        && found.file().equals(CHECKPOINT));
    }

    @Test
    void aKnownCheckpointThatTheLedgerExtendsIsNoFinding() {
        byte[] known = checkpointOfBirth().bytes();
        assertThat(folder.audit(folder.root, Optional.of(known)).findings()).isEmpty();
    }

    @Test
    void aKnownCheckpointOfAnotherLedgerProvesNothingAndIsNotPassedOver() {
        assertThat(folder.audit(folder.root, Optional.of(bytes("no checkpoint")))
                        .findings())
                .extracting(AuditFinding::code)
                .contains("MALFORMED");
        byte[] foreign = bytes(new String(folder.bytes(CHECKPOINT), UTF_8).replace("/DE-01", "/XX-01"));
        assertThat(folder.audit(folder.root, Optional.of(foreign)).findings())
                .extracting(AuditFinding::code)
                .contains("WRONG_ORIGIN");
    }

    private void remade() {
        ledger.writeSigned();
        line.remakeManifest(ledger.paths());
    }

    private void bearUpToFour() {
        for (int unit = 1; unit <= 3; unit++) {
            ledger.leaves.add(fourthBirth(unit));
        }
    }

    /** A genuine, cosigned checkpoint of the day of birth, and a manifest of what is left. */
    private void rollBackToBirth() {
        rollBackTo(checkpointOfBirth());
    }

    private void rollBackTo(SignedCheckpoint old) {
        writeBackTo(old);
        line.remakeManifest(ledger.paths());
    }

    private void writeBackTo(SignedCheckpoint old) {
        while (ledger.leaves.size() > old.checkpoint().size()) {
            ledger.leaves.remove(ledger.leaves.size() - 1);
        }
        ledger.write(old);
    }

    private SignedCheckpoint checkpointOfBirth() {
        byte[] proof = folder.read(folder.files.airframe(folder.serial(DE)).birthProof());
        return TlogProof.parse(FlightProofFile.decode(proof)
                        .orElseThrow()
                        .getTlogProof()
                        .toByteArray())
                .orElseThrow()
                .signedCheckpoint();
    }

    /** One more birth like the first, of another serial, key and board. */
    private byte[] fourthBirth(int number) {
        LedgerLeaf first = ledger.leaf(0);
        LedgerLeaf last = ledger.leaf(ledger.leaves.size() - 1);
        String serial = first.getSerial();
        return first.toBuilder()
                .setSerial(serial.substring(0, serial.length() - 1) + (number + 1))
                .setRecordedAtUnixMillis(last.getRecordedAtUnixMillis())
                .setBorn(first.getBorn().toBuilder()
                        .setHardwareIdSha256(digest("board " + number))
                        .setIdevidKeySha256(digest("key " + number))
                        .setIdevidCertificateSha256(digest("certificate " + number)))
                .build()
                .toByteArray();
    }

    private static byte[] reworded(LedgerLeaf leaf) {
        assertThat(leaf.hasTransfer()).isTrue();
        return leaf.toBuilder()
                .setTransfer(leaf.getTransfer().toBuilder().setEntrySha256(digest("another entry")))
                .build()
                .toByteArray();
    }

    private static ByteString digest(String text) {
        return ByteString.copyFrom(Digest.sha256(bytes(text)).bytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
