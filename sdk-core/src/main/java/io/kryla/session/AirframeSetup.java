package io.kryla.session;

import io.kryla.keys.Digest;
import io.kryla.v1.Hello;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The airframe's side of session set-up (protocol.md §4.2): {@code Hello} out, {@code Subscribe} in, {@code KeyOffer} out,
 * {@code KeyOffer} in. Pure: bytes in, steps out; hostile bytes are refused, never thrown.
 */
public final class AirframeSetup {
    private final Hello hello;
    private final KeyOffer offer;
    private Optional<Subscribe> subscribe = Optional.empty();

    /** Begins with this greeting; the session id and the key it offers are made by chance. */
    public AirframeSetup(Hello hello, SecureRandom random) {
        this.hello = hello;
        this.offer = SessionKeys.freshOffer(random, random.nextInt(SessionKeys.SESSION_IDS));
    }

    /** The opening message. */
    public SessionMessage start() {
        return SessionMessage.newBuilder().setHello(hello).build();
    }

    /** Takes the ground's next message; hostile bytes end the set-up, they never throw. */
    public SetupStep receive(byte[] message) {
        Optional<SessionMessage> parsed = SetupMessages.parse(message);
        if (parsed.isEmpty()) {
            return SetupMessages.refuse(SetupMessages.MALFORMED, "not a session message");
        }
        SessionMessage.MessageCase kind = parsed.get().getMessageCase();
        if (kind == SessionMessage.MessageCase.REJECTED) {
            return SetupMessages.refusedByPeer(parsed.get().getRejected());
        }
        if (kind == SessionMessage.MessageCase.SUBSCRIBE && subscribe.isEmpty()) {
            return subscribed(parsed.get().getSubscribe());
        }
        if (kind == SessionMessage.MessageCase.KEY_OFFER && subscribe.isPresent()) {
            return keyed(subscribe.get(), parsed.get().getKeyOffer());
        }
        return SetupMessages.refuse(SetupMessages.OUT_OF_ORDER, "unexpected " + kind);
    }

    private SetupStep subscribed(Subscribe offered) {
        boolean known =
                hello.getLogsList().stream().anyMatch(log -> log.getProfile().equals(offered.getProfile()));
        if (!known) {
            return SetupMessages.refuse(
                    "UNKNOWN_PROFILE", "no log of profile " + SetupMessages.printable(offered.getProfile()));
        }
        boolean wellFormed = offered.getUdpPort() > 0
                && offered.getUdpPort() <= 65_535
                && offered.getNonce().size() == Digest.LENGTH
                && offered.getLedgerCheckpointSha256().size() == Digest.LENGTH;
        if (!wellFormed) {
            return SetupMessages.refuse(SetupMessages.MALFORMED, "port, nonce or checkpoint hash of Subscribe");
        }
        subscribe = Optional.of(offered);
        return new SetupStep.Send(
                List.of(SessionMessage.newBuilder().setKeyOffer(offer).build()));
    }

    private SetupStep keyed(Subscribe terms, KeyOffer peer) {
        Optional<SessionKeys> keys = SessionKeys.agree(offer, peer);
        if (keys.isEmpty()) {
            return SetupMessages.refuse(SetupMessages.MALFORMED, "KeyOffer out of bounds");
        }
        return new SetupStep.Established(List.of(), SetupMessages.terms(terms, keys.get()));
    }
}
