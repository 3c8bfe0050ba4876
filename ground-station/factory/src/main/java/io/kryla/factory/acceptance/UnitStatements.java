package io.kryla.factory.acceptance;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Envelope;
import io.kryla.v1.UnitFlightStatement;
import java.util.Set;

/** What a unit says about its own flight (protocol.md §10): checked by the desk, by the capsule and by audits. */
public final class UnitStatements {
    private UnitStatements() {}

    /** Whether the unit's IDevID key signed exactly the expected statement. */
    public static boolean verify(Envelope untrusted, VerificationKey idevidKey, UnitFlightStatement expected) {
        DsseResult result = DsseVerifier.verify(untrusted, PayloadType.UNIT_FLIGHT_STATEMENT, Set.of(idevidKey), 1);
        if (!(result instanceof DsseResult.Verified verified)) {
            return false;
        }
        try {
            return UnitFlightStatement.parseFrom(verified.payload()).equals(expected);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** The statement that the unit of an acceptance record must have made. */
    public static UnitFlightStatement expectedBy(AcceptanceRecord record) {
        return UnitFlightStatement.newBuilder()
                .setSerial(record.getSerial())
                .setNonce(record.getNonce())
                .setFlightOrigin(record.getFlightOrigin())
                .setFlightSize(record.getFlightSize())
                .setFlightRoot(record.getFlightRoot())
                .build();
    }
}
