package io.kryla.factory.acceptance;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.RecordingStatement;

/** The recorder's word for a closed recording (protocol.md §10): {@code recording.dsse} beside {@code flight.mcap}. */
public final class Recordings {
    private Recordings() {}

    /** @param recorder the ground or station that wrote the recording */
    public static Envelope sign(
            TlsIdentity recorder, Digest flightMcapSha256, long sizeBytes, FlightEvidence.FlightLogHead head) {
        RecordingStatement statement = RecordingStatement.newBuilder()
                .setFlightMcapSha256(ByteString.copyFrom(flightMcapSha256.bytes()))
                .setFlightMcapSizeBytes(sizeBytes)
                .setFlightOrigin(head.origin())
                .setFlightSize(head.size())
                .setFlightRoot(ByteString.copyFrom(head.root().bytes()))
                .build();
        return CertifiedEnvelope.sign(PayloadType.RECORDING_STATEMENT, statement.toByteArray(), recorder);
    }
}
