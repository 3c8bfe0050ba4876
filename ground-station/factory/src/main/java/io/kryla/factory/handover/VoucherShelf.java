package io.kryla.factory.handover;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerProofVerifier;
import io.kryla.identity.Role;
import io.kryla.ownership.VoucherResult;
import io.kryla.ownership.VoucherVerifier;
import io.kryla.v1.Envelope;
import io.kryla.v1.VoucherStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vouchers as the line's ledger keeps them; verified again whenever one is taken down. */
final class VoucherShelf {
    private static final String HEADER = "voucher-header.pb";
    private static final String AUTHORISATION = "export-authorisation.pb";

    private final ExportLine line;

    VoucherShelf(ExportLine line) {
        this.line = line;
    }

    Optional<Envelope> header(String serial) {
        return document(serial, HEADER);
    }

    void open(String serial, Envelope header, Envelope authorisation) {
        line.ledger()
                .journal(
                        serial,
                        line.operatorCardId(),
                        "VOUCHER_OPENED",
                        "",
                        Map.of(HEADER, header.toByteArray(), AUTHORISATION, authorisation.toByteArray()));
    }

    VerifiedExportAuthorisation authorisation(String serial) {
        Envelope stored = document(serial, AUTHORISATION).orElseThrow();
        var result = VerifiedExportAuthorisation.open(line.bundle(), stored);
        if (result instanceof DocumentResult.Verified<VerifiedExportAuthorisation> verified) {
            return verified.document();
        }
        throw new IllegalStateException("an authorisation that was admitted verifies: " + serial);
    }

    /** The document that goes with the leaf of the transfer at this place. */
    Map<String, byte[]> entryDocument(int place, Envelope entry) {
        return Map.of(entryName(place), entry.toByteArray());
    }

    /** The voucher with every transfer so far; rejected with NO_QUORUM while one is not cosigned. */
    VoucherResult voucher(String serial) {
        Optional<Envelope> header = header(serial);
        if (header.isEmpty()) {
            return new VoucherResult.Rejected(Refused.BAD_STATE, serial + " has no voucher");
        }
        Steps steps = steps(serial);
        if (steps instanceof NotCosigned not) {
            return new VoucherResult.Rejected(not.code(), not.reason());
        }
        return VoucherVerifier.of(
                        CertifiedEnvelopeVerifier.of(line.bundle(), Role.STATION, line.crlSet())
                                .ofLine(line.license().content().getLine()),
                        LedgerProofVerifier.of(line.bundle()))
                .verify(header.get(), ((Cosigned) steps).steps(), line.clock().instant());
    }

    /** The entries so far, each with the proof of its leaf. */
    Steps steps(String serial) {
        List<VoucherStep> steps = new ArrayList<>();
        for (IndexedLeaf leaf : transfers(serial)) {
            ProofResult proof = line.ledger().leafProof(leaf.index());
            if (proof instanceof Refused refused) {
                return new NotCosigned(refused.code(), refused.reason());
            }
            steps.add(VoucherStep.newBuilder()
                    .setEntry(document(serial, entryName(steps.size())).orElseThrow())
                    .setTransfer(((ProofResult.Proof) proof).leafProof())
                    .build());
        }
        return new Cosigned(steps);
    }

    sealed interface Steps {}

    record Cosigned(List<VoucherStep> steps) implements Steps {
        VoucherStep last() {
            return steps.get(steps.size() - 1);
        }
    }

    record NotCosigned(String code, String reason) implements Steps {}

    private List<IndexedLeaf> transfers(String serial) {
        return line.ledger().leaves(serial).stream()
                .filter(leaf -> leaf.content().hasTransfer())
                .toList();
    }

    private Optional<Envelope> document(String serial, String name) {
        return line.ledger().document(serial, name).map(stored -> {
            try {
                return Envelope.parseFrom(stored);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the ledger returns " + name + " as it was stored", e);
            }
        });
    }

    private static String entryName(int place) {
        return "voucher-entry-" + place + ".pb";
    }
}
