package io.kryla.session;

import io.kryla.v1.Hello;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The ground's side of session set-up (protocol.md §4.2): {@code Hello} in, {@code Subscribe} and {@code KeyOffer} out, {@code
 * KeyOffer} in. Pure: bytes in, steps out; hostile bytes are refused, never thrown. The peer's certificate was checked
 * before; what its {@code Hello} must prove is the caller's policy.
 */
public final class GroundSetup {
    /** Judges a {@code Hello} and says what to subscribe to, or why not. */
    public interface Admission {
        /** Judges an airframe by its first message. */
        Answer admit(Hello hello);
    }

    /** The outcome of an {@link Admission}. */
    public sealed interface Answer {
        record Admit(Subscribe subscribe) implements Answer {}

        record Deny(String code, String detail) implements Answer {}
    }

    private final Admission admission;
    private final KeyOffer offer;
    private Optional<Subscribe> subscribe = Optional.empty();

    /** @param receiveSessionId unique among this ground's sessions, random, 24 bits */
    public GroundSetup(Admission admission, int receiveSessionId, SecureRandom random) {
        this.admission = admission;
        this.offer = SessionKeys.freshOffer(random, receiveSessionId);
    }

    /** Takes the airframe's next message; hostile bytes end the set-up, they never throw. */
    public SetupStep receive(byte[] message) {
        Optional<SessionMessage> parsed = SetupMessages.parse(message);
        if (parsed.isEmpty()) {
            return SetupMessages.refuse(SetupMessages.MALFORMED, "not a session message");
        }
        SessionMessage.MessageCase kind = parsed.get().getMessageCase();
        if (kind == SessionMessage.MessageCase.REJECTED) {
            return SetupMessages.refusedByPeer(parsed.get().getRejected());
        }
        if (kind == SessionMessage.MessageCase.HELLO && subscribe.isEmpty()) {
            return greeted(parsed.get().getHello());
        }
        if (kind == SessionMessage.MessageCase.KEY_OFFER && subscribe.isPresent()) {
            return keyed(subscribe.get(), parsed.get().getKeyOffer());
        }
        return SetupMessages.refuse(SetupMessages.OUT_OF_ORDER, "unexpected " + kind);
    }

    private SetupStep greeted(Hello hello) {
        Answer answer = admission.admit(hello);
        if (answer instanceof Answer.Deny deny) {
            return SetupMessages.refuse(deny.code(), deny.detail());
        }
        Subscribe terms = ((Answer.Admit) answer).subscribe();
        subscribe = Optional.of(terms);
        return new SetupStep.Send(List.of(
                SessionMessage.newBuilder().setSubscribe(terms).build(),
                SessionMessage.newBuilder().setKeyOffer(offer).build()));
    }

    private SetupStep keyed(Subscribe terms, KeyOffer peer) {
        return SessionKeys.agree(offer, peer)
                .<SetupStep>map(keys -> new SetupStep.Established(List.of(), SetupMessages.terms(terms, keys)))
                .orElseGet(() -> SetupMessages.refuse(SetupMessages.MALFORMED, "KeyOffer out of bounds"));
    }
}
