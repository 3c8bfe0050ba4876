package io.kryla.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.Digest;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.SessionRejected;
import io.kryla.v1.Subscribe;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What both sides of set-up share. */
final class SetupMessages {
    static final String MALFORMED = "MALFORMED";
    static final String OUT_OF_ORDER = "OUT_OF_ORDER";

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    private static final int MOST_DETAIL_CHARACTERS = 200;

    private SetupMessages() {}

    static Optional<SessionMessage> parse(byte[] message) {
        try {
            return Optional.of(SessionMessage.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /**
     * The peer's word that there will be no session. It is shown to people: a code that is none becomes {@link #MALFORMED}, and
     * of the detail its first printable characters are kept.
     */
    static SetupStep refusedByPeer(SessionRejected untrusted) {
        boolean wellFormed = CODE.matcher(untrusted.getCode()).matches();
        return new SetupStep.Refused(
                wellFormed ? untrusted.getCode() : MALFORMED, printable(untrusted.getDetail()), List.of());
    }

    /** What a peer wrote, for a log or an error: one short line of ASCII. */
    static String printable(String untrusted) {
        String head = untrusted.substring(0, Math.min(untrusted.length(), MOST_DETAIL_CHARACTERS));
        return UNPRINTABLE.matcher(head).replaceAll("?");
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
