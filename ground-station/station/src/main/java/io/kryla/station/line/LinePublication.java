package io.kryla.station.line;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.manifest.FileManifests;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileRole;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a line shows of its work: births, the static ledger, and the signed list of all its files. */
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

    /** Exports the ledger and signs the list of the line's files; the list is written last. */
    public void seal() {
        line.exportLedger();
        SortedMap<String, FileRole> files = new TreeMap<>();
        for (String path : FolderFiles.list(folder.root())) {
            if (isOfLine(path)) {
                files.put(path, role(path));
            }
        }
        DocumentFiles.write(
                folder.manifest(line.name()),
                FileManifests.write(
                        folder.root(),
                        line.name(),
                        files,
                        line.station(),
                        line.premises().clock().instant()));
    }

    private boolean isOfLine(String path) {
        return path.startsWith("ledgers/" + line.name() + "/")
                || path.equals("certificates/" + line.name() + "-station.pem")
                || line.ledger().units().stream().map(Unit::serial).anyMatch(serial -> isOfUnit(path, serial));
    }

    private static boolean isOfUnit(String path, String serial) {
        return path.startsWith("airframes/" + serial + "/")
                || path.startsWith("flights/" + serial + "/")
                || path.equals("handover/" + serial + ".capsule");
    }

    private static FileRole role(String path) {
        if (path.endsWith("/plan.yaml") || path.endsWith("/vehicle.yaml")) {
            return FileRole.FILE_ROLE_INPUT;
        }
        return path.endsWith("/report.html") ? FileRole.FILE_ROLE_DERIVED : FileRole.FILE_ROLE_VOUCHED;
    }
}
