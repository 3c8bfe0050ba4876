package io.kryla.factory.handover;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.identity.Certificates;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.util.Optional;
import java.util.function.Predicate;

/** Packs what a line knows of a handed-over airframe into one capsule, and lets out none that would not verify. */
public final class CapsulePacker {
    private final ExportLine line;
    private final VoucherShelf shelf;

    private CapsulePacker(ExportLine line) {
        this.line = line;
        this.shelf = new VoucherShelf(line);
    }

    public static CapsulePacker of(ExportLine line) {
        return new CapsulePacker(line);
    }

    /**
     * @param receipt DSSE {@code HandoverReceipt} by the airframe and the last owner
     * @return packed, or refused with BAD_STATE, NO_QUORUM or what the verifier says
     */
    public HandoverResult.Packing pack(String serial, Envelope receipt) {
        VoucherShelf.Steps steps = shelf.steps(serial);
        if (steps instanceof VoucherShelf.NotCosigned not) {
            return new HandoverResult.Refused(not.code(), not.reason());
        }
        Optional<Envelope> header = shelf.header(serial);
        if (header.isEmpty()) {
            return new HandoverResult.Refused(Refused.BAD_STATE, serial + " has no voucher");
        }
        Optional<LeafProof> birth = proof(serial, LedgerLeaf::hasBorn);
        Optional<LeafProof> acceptance = proof(serial, LedgerLeaf::hasAccepted);
        Optional<Envelope> acceptanceRecord = acceptanceRecord(serial);
        if (birth.isEmpty() || acceptance.isEmpty() || acceptanceRecord.isEmpty()) {
            return new HandoverResult.Refused(Refused.NO_QUORUM, "birth and acceptance are not cosigned yet");
        }
        Capsule capsule = Capsule.newBuilder()
                .setTrustBundle(line.bundle().envelope())
                .setLicense(line.license().envelope())
                .addAllIdevidChain(UnitDocuments.idevidChain(line.ledger(), serial).orElseThrow().toDer().stream()
                        .map(ByteString::copyFrom)
                        .toList())
                .setBirthRecord(stored(serial, UnitDocuments.BIRTH_RECORD))
                .setBirth(birth.get())
                .setAcceptanceRecord(acceptanceRecord.get())
                .setAcceptance(acceptance.get())
                .setExportAuthorisation(shelf.authorisation(serial).envelope())
                .setHeader(header.get())
                .addAllSteps(((VoucherShelf.Cosigned) steps).steps())
                .setReceipt(receipt)
                .addAllCrls(line.crls().get().stream()
                        .map(crl -> ByteString.copyFrom(Certificates.toDer(crl)))
                        .toList())
                .build();
        CapsuleResult result = CapsuleVerifier.of(line.bundle().root())
                .verify(capsule.toByteArray(), line.clock().instant());
        return result instanceof CapsuleResult.Rejected rejected
                ? new HandoverResult.Refused(rejected.code(), rejected.where() + ": " + rejected.reason())
                : new HandoverResult.Packed(capsule);
    }

    private Optional<Envelope> acceptanceRecord(String serial) {
        return leaf(serial, LedgerLeaf::hasAccepted)
                .map(leaf -> stored(
                        serial,
                        io.kryla.factory.acceptance.AcceptanceDesk.recordDocument(
                                leaf.content().getAccepted().getFlightClosedIndex())));
    }

    private Optional<LeafProof> proof(String serial, Predicate<LedgerLeaf> event) {
        return leaf(serial, event)
                .map(leaf -> line.ledger().leafProof(leaf.index()))
                .filter(ProofResult.Proof.class::isInstance)
                .map(proof -> ((ProofResult.Proof) proof).leafProof());
    }

    private Optional<IndexedLeaf> leaf(String serial, Predicate<LedgerLeaf> event) {
        return line.ledger().leaves(serial).stream()
                .filter(leaf -> event.test(leaf.content()))
                .findFirst();
    }

    private Envelope stored(String serial, String name) {
        try {
            return Envelope.parseFrom(line.ledger().document(serial, name).orElseThrow());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns " + name + " as it was stored", e);
        }
    }
}
