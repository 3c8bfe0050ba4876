package io.kryla.factory.ledger;

import com.google.protobuf.ByteString;
import io.kryla.factory.replay.Finding;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.keys.Digest;
import io.kryla.tlog.MerkleTree;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Voided;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records leaves: register and rules are asked first, then leaf, state and documents commit together, and only then is the
 * leaf in memory. Confined to the ledger's lock.
 */
final class LeafRecorder {
    private final LedgerStore store;
    private final LedgerMemory memory;

    LeafRecorder(LedgerStore store, LedgerMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    AppendResult append(LedgerLeaf leaf, Map<String, byte[]> documents, Instant now) {
        LeafLog log = memory.log();
        LedgerLeaf recorded =
                leaf.toBuilder().setRecordedAtUnixMillis(now.toEpochMilli()).build();
        byte[] bytes = recorded.toByteArray();
        Optional<Unit> unit = store.read(view -> view.unit(leaf.getSerial()));
        Optional<Refused> refused = UnitRegister.check(unit, recorded);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Finding> findings = log.judge(bytes);
        if (!findings.isEmpty()) {
            return new Refused(findings.get(0).code(), findings.get(0).reason());
        }
        long index = log.size();
        memory.write(transaction -> {
            transaction.addLeaf(index, recorded.getSerial(), bytes, MerkleTree.leafHash(bytes));
            UnitRegister.apply(transaction, unit.orElseThrow(), recorded, now);
            transaction.putDocuments(recorded.getSerial(), documents);
            return index;
        });
        return new AppendResult.Appended(log.committed(bytes));
    }

    AppendResult openFlight(String serial, String actorId, FlightOpened flight, Instant now) {
        int attempt =
                memory.log().replay().unit(serial).map(UnitHistory::attempts).orElse(0) + 1;
        LedgerLeaf leaf = LedgerLeaf.newBuilder()
                .setActorId(actorId)
                .setSerial(serial)
                .setFlightOpened(flight.toBuilder().setAttempt(attempt))
                .build();
        return append(leaf, Map.of(), now);
    }

    AppendResult voidUnit(String serial, String actorId, String reason, List<Digest> certificates, Instant now) {
        Voided.Builder voided = Voided.newBuilder().setReason(reason);
        certificates.forEach(
                certificate -> voided.addIdevidCertificateSha256(ByteString.copyFrom(certificate.bytes())));
        store.read(view -> view.unit(serial))
                .ifPresent(unit -> voided.setLicensePolicyOid(unit.licensePolicyOid())
                        .setHardwareIdSha256(
                                ByteString.copyFrom(unit.hardwareIdSha256().bytes()))
                        .setIdevidKeySha256(
                                ByteString.copyFrom(unit.idevidKeySha256().bytes())));
        LedgerLeaf leaf = LedgerLeaf.newBuilder()
                .setActorId(actorId)
                .setSerial(serial)
                .setVoided(voided)
                .build();
        return append(leaf, Map.of(), now);
    }
}
