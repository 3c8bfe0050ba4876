package io.kryla.factory.handover;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.acceptance.UnitStatements;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.ProofResult;
import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Accepted;
import io.kryla.v1.Capsule;
import io.kryla.v1.FlightOutcome;
import java.time.Instant;

/** The part of a capsule that says: this airframe has flown and passed. */
final class AcceptanceProof {
    private AcceptanceProof() {}

    sealed interface Result {}

    record Proven(AcceptanceRecord record, long index, Instant at) implements Result {}

    record Rejected(CapsuleResult.Rejected result) implements Result {}

    static Result verify(Capsule capsule, CapsuleTrust trust, BirthProof.Proven born) {
        CapsuleTrust.Leaf leaf = trust.prove(capsule.getAcceptance());
        if (leaf instanceof CapsuleTrust.NoLeaf none) {
            return rejected(none.code(), "acceptance", none.reason());
        }
        ProofResult.Proven proven = ((CapsuleTrust.InLedger) leaf).proven();
        CertifiedResult signed = trust.stations()
                .verify(capsule.getAcceptanceRecord(), PayloadType.ACCEPTANCE_RECORD, proven.cosignedAt());
        if (signed instanceof CertifiedResult.Rejected no) {
            return rejected(no.code(), "acceptance_record", no.reason());
        }
        byte[] payload = ((CertifiedResult.Verified) signed).payload();
        AcceptanceRecord record;
        try {
            record = AcceptanceRecord.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            return rejected(CapsuleFault.MALFORMED, "acceptance_record", "not an AcceptanceRecord");
        }
        Accepted accepted = proven.leaf().getAccepted();
        boolean matches = proven.leaf().hasAccepted()
                && proven.leaf().getSerial().equals(born.record().getSerial())
                && record.getSerial().equals(born.record().getSerial())
                && Digest.sha256(payload)
                        .matches(accepted.getAcceptanceRecordSha256().toByteArray())
                && accepted.getFlightClosedIndex() == record.getFlightClosedIndex()
                && accepted.getLevel() == record.getLevel()
                && proven.index() > born.index();
        if (!matches) {
            return rejected(
                    CapsuleFault.ACCEPTANCE_MISMATCH, "acceptance_record", "leaf and record are not of one acceptance");
        }
        if (record.getOutcome() != FlightOutcome.FLIGHT_OUTCOME_PASS) {
            return rejected(CapsuleFault.NOT_ACCEPTED, "acceptance_record", "outcome " + record.getOutcome());
        }
        int least = trust.license().content().getMinimumAcceptanceLevelValue();
        if (record.getLevelValue() < least) {
            return rejected(CapsuleFault.LEVEL_MISMATCH, "acceptance_record", "level " + record.getLevel());
        }
        return UnitStatements.verify(record.getUnitStatement(), born.idevidKey(), UnitStatements.expectedBy(record))
                ? new Proven(record, proven.index(), proven.cosignedAt())
                : rejected(
                        CapsuleFault.UNIT_STATEMENT_MISMATCH,
                        "acceptance_record",
                        "the unit's IDevID over nonce and final head expected");
    }

    private static Rejected rejected(String code, String where, String reason) {
        return new Rejected(new CapsuleResult.Rejected(code, where, reason));
    }
}
