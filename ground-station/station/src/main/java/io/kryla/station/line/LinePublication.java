package io.kryla.station.line;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.audit.FolderSummary;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.Envelope;
import java.nio.file.Files;

/** What a line shows of its births. */
public final class LinePublication {
    private final ProductionLine line;
    private final PublicFolder folder;

    public LinePublication(ProductionLine line) {
        this.line = line;
        this.folder = line.premises().publicFolder();
    }

    /** Writes chain, birth record and proof of every unit that was born. */
    public void publishBirths() {
        for (Unit unit : line.ledger().units()) {
            for (var leaf : line.ledger().leaves(unit.serial())) {
                if (leaf.content().hasBorn()) {
                    publishBirth(unit.serial(), leaf.index());
                }
            }
        }
    }

    /**
     * Writes everything that others may see of the line: births, static ledger, manifest, and the folder's summary where
     * every line of the trust bundle is published here; the first of them lists it, whichever line built the unit.
     *
     * @throws io.kryla.station.outcome.CommandFailure NO_QUORUM and whatever else keeps the ledger from being exported
     */
    public void publish() {
        publishBirths();
        line.exportLedger();
        Premises premises = line.premises();
        if (everyLineIsPublishedHere(premises)) {
            DocumentFiles.write(folder.summary(), FolderSummary.ofPublished(folder, premises.bundle()));
        }
        LineManifest.sign(premises, line.name());
        String first = LineManifest.firstLine(premises.bundle());
        if (!first.equals(line.name()) && Files.exists(folder.manifest(first))) {
            LineManifest.sign(premises, first);
        }
    }

    private boolean everyLineIsPublishedHere(Premises premises) {
        return premises.bundle().ledgers().stream()
                .allMatch(ledger ->
                        Files.exists(folder.license(ledger.line())) && Files.exists(folder.ledger(ledger.line())));
    }

    private void publishBirth(String serial, long index) {
        PublicFolder.AirframeFiles files = folder.airframe(serial);
        DocumentFiles.write(
                files.chain(), UnitDocuments.idevidChain(line.ledger(), serial).orElseThrow());
        DocumentFiles.write(files.birthRecord(), birthRecord(serial));
        ProofResult proof = line.ledger().leafProof(index);
        if (proof instanceof Refused refused) {
            throw ProductionLine.refusal(refused, "birth of " + serial);
        }
        DocumentFiles.write(files.birthProof(), FlightProofFile.encode(((ProofResult.Proof) proof).leafProof()));
    }

    private Envelope birthRecord(String serial) {
        byte[] stored = line.ledger()
                .document(serial, UnitDocuments.BIRTH_RECORD)
                .orElseThrow(() -> new IllegalStateException("a born unit has a birth record: " + serial));
        try {
            return Envelope.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the birth record of " + serial + " as stored", e);
        }
    }
}
