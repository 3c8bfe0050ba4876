package io.kryla.airframe.provisioning;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.LogKeyEndorsement;
import java.util.Optional;
import java.util.Set;

/** The IDevID key's word for the airframe's log key (protocol.md §6). */
public final class LogKeyEndorsements {
    private LogKeyEndorsements() {}

    /** Signs that flight logs of this origin prefix are signed with this key. */
    public static Envelope endorse(Signer idevid, VerificationKey logKey, String serial, String originPrefix) {
        LogKeyEndorsement endorsement = LogKeyEndorsement.newBuilder()
                .setSerial(serial)
                .setOriginPrefix(originPrefix)
                .setLogKey(logKey.toProto())
                .build();
        return DsseSigner.sign(PayloadType.LOG_KEY_ENDORSEMENT, endorsement.toByteArray(), idevid);
    }

    /** The log key of an untrusted endorsement, if this IDevID key signed it for this serial and prefix. */
    public static Optional<VerificationKey> endorsedKey(
            Envelope untrusted, VerificationKey idevidKey, String serial, String originPrefix) {
        DsseResult result = DsseVerifier.verify(untrusted, PayloadType.LOG_KEY_ENDORSEMENT, Set.of(idevidKey), 1);
        if (!(result instanceof DsseResult.Verified verified)) {
            return Optional.empty();
        }
        return decode(verified.payload())
                .filter(endorsement -> endorsement.getSerial().equals(serial)
                        && endorsement.getOriginPrefix().equals(originPrefix))
                .flatMap(endorsement -> VerificationKey.fromProto(endorsement.getLogKey()))
                .filter(key -> key.algorithm() == SignatureAlgorithm.ED25519);
    }

    /** The log key of an endorsement that was verified before it was stored. */
    public static Optional<VerificationKey> keyIn(Envelope verifiedBefore) {
        return decode(verifiedBefore.getPayload().toByteArray())
                .flatMap(endorsement -> VerificationKey.fromProto(endorsement.getLogKey()));
    }

    private static Optional<LogKeyEndorsement> decode(byte[] payload) {
        try {
            return Optional.of(LogKeyEndorsement.parseFrom(payload));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
