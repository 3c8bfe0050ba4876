package io.kryla.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.Digest;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.SessionRejected;
import io.kryla.v1.Subscribe;
import java.util.List;
import java.util.Optional;

/** What both sides of set-up share. */
final class SetupMessages {
    static final String MALFORMED = "MALFORMED";
    static final String OUT_OF_ORDER = "OUT_OF_ORDER";

    private SetupMessages() {}

    static Optional<SessionMessage> parse(byte[] message) {
        try {
            return Optional.of(SessionMessage.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    static SetupStep refuse(String code, String detail) {
        SessionRejected rejected =
                SessionRejected.newBuilder().setCode(code).setDetail(detail).build();
        return new SetupStep.Refused(
                code,
                detail,
                List.of(SessionMessage.newBuilder().setRejected(rejected).build()));
    }

    static SessionTerms terms(Subscribe subscribe, SessionKeys keys) {
        return new SessionTerms(
                subscribe.getProfile(),
                subscribe.getUdpPort(),
                Digest.of(subscribe.getNonce().toByteArray()),
                Digest.of(subscribe.getLedgerCheckpointSha256().toByteArray()),
                keys);
    }
}
