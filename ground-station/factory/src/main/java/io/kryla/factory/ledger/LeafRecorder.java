package io.kryla.factory.ledger;

import com.google.protobuf.ByteString;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.keys.Digest;
import io.kryla.tlog.MerkleTree;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Voided;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records leaves: in one transaction register and rules are asked, then leaf, state and documents are written; only after
 * its commit is the leaf in memory. Confined to the ledger's lock.
 */
final class LeafRecorder {
    /** The leaf as it follows from what is committed. */
    private interface Drafting {
        LedgerLeaf.Builder draft(LedgerStore.Transaction transaction);
    }

    private record Recorded(byte[] bytes, Optional<Refused> refused) {}

    private final LedgerMemory memory;

    LeafRecorder(LedgerMemory memory) {
        this.memory = memory;
    }

    AppendResult append(LedgerLeaf leaf, Map<String, byte[]> documents) {
        return record(transaction -> leaf.toBuilder(), documents);
    }

    private AppendResult record(Drafting drafting, Map<String, byte[]> documents) {
        Recorded recorded = memory.write((transaction, now) -> {
            LedgerLeaf leaf = drafting.draft(transaction)
                    .setRecordedAtUnixMillis(now.toEpochMilli())
                    .build();
            byte[] bytes = leaf.toByteArray();
            Optional<Unit> unit = transaction.unit(leaf.getSerial());
            Optional<Refused> refused = UnitRegister.check(unit, leaf).or(() -> judge(bytes));
            if (refused.isEmpty()) {
                transaction.addLeaf(memory.log().size(), leaf.getSerial(), bytes, MerkleTree.leafHash(bytes));
                UnitRegister.apply(transaction, unit.orElseThrow(), leaf, now);
                transaction.putDocuments(leaf.getSerial(), documents);
            }
            return new Recorded(bytes, refused);
        });
        return recorded.refused()
                .<AppendResult>map(refused -> refused)
                .orElseGet(() -> new AppendResult.Appended(memory.log().committed(recorded.bytes())));
    }

    private Optional<Refused> judge(byte[] leaf) {
        return memory.log().judge(leaf).stream()
                .findFirst()
                .map(finding -> new Refused(finding.code(), finding.reason()));
    }

    AppendResult openFlight(String serial, String actorId, FlightOpened flight) {
        return record(
                transaction -> LedgerLeaf.newBuilder()
                        .setActorId(actorId)
                        .setSerial(serial)
                        .setFlightOpened(flight.toBuilder().setAttempt(attempts(serial) + 1)),
                Map.of());
    }

    private int attempts(String serial) {
        return memory.log().replay().unit(serial).map(UnitHistory::attempts).orElse(0);
    }

    AppendResult voidUnit(String serial, String actorId, String reason, List<Digest> certificates) {
        Voided.Builder voided = Voided.newBuilder().setReason(reason);
        certificates.forEach(
                certificate -> voided.addIdevidCertificateSha256(ByteString.copyFrom(certificate.bytes())));
        return record(
                transaction -> {
                    transaction
                            .unit(serial)
                            .ifPresent(unit -> voided.setLicensePolicyOid(unit.licensePolicyOid())
                                    .setHardwareIdSha256(ByteString.copyFrom(
                                            unit.hardwareIdSha256().bytes()))
                                    .setIdevidKeySha256(ByteString.copyFrom(
                                            unit.idevidKeySha256().bytes())));
                    return LedgerLeaf.newBuilder()
                            .setActorId(actorId)
                            .setSerial(serial)
                            .setVoided(voided);
                },
                Map.of());
    }
}
