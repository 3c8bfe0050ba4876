package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.session.AirframeSetup;
import io.kryla.session.SecureChannel;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.v1.Hello;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.SessionMessage;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;

/** Sets sessions up over a path (protocol.md §4.2). Blocks; any number of threads. */
final class SessionOpener {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final AirframeIdentity identity;
    private final GroundPeerCheck groundCheck;
    private final Hello hello;
    private final SecureRandom random;

    SessionOpener(AirframeIdentity identity, GroundPeerCheck groundCheck, Hello hello, SecureRandom random) {
        this.identity = identity;
        this.groundCheck = groundCheck;
        this.hello = hello;
        this.random = random;
    }

    /** What set-up agreed on; the session lasts as long as the channel. */
    record Opened(SecureChannel channel, SessionTerms terms, GroundAuthority ground) implements AutoCloseable {
        /** What the log says of this receiver. */
        ReceiverJoined joined() {
            return ReceiverJoined.newBuilder()
                    .setNonce(ByteString.copyFrom(terms.nonce().bytes()))
                    .setLedgerCheckpointSha256(
                            ByteString.copyFrom(terms.ledgerCheckpointSha256().bytes()))
                    .setGroundCertificateSha256(
                            ByteString.copyFrom(ground.certificateSha256().bytes()))
                    .build();
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    /** @throws KrylaException when nobody is there, the ground is not this airframe's, or one side refuses */
    Opened open(GroundPath path) {
        SecureChannel channel = path.connect(identity.tls(), GroundPeerCheck.ALPN, groundCheck);
        try {
            SessionTerms terms = setUp(channel);
            return new Opened(
                    channel,
                    terms,
                    new GroundAuthority(certificateSha256(channel), groundCheck.roleOf(channel.peerChain())));
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SessionTerms setUp(SecureChannel channel) {
        AirframeSetup setup = new AirframeSetup(hello, random);
        sendAll(channel, List.of(setup.start()));
        while (true) {
            SetupStep step = setup.receive(channel.receive(ANSWER));
            if (step instanceof SetupStep.Send send) {
                sendAll(channel, send.messages());
            } else if (step instanceof SetupStep.Established established) {
                sendAll(channel, established.messages());
                return established.terms();
            } else if (step instanceof SetupStep.Refused refused) {
                sendAll(channel, refused.notice());
                throw new KrylaException(
                        "SESSION_REFUSED", "no session: " + refused.code() + ": " + refused.detail(), false);
            }
        }
    }

    private static void sendAll(SecureChannel channel, List<SessionMessage> messages) {
        messages.forEach(message -> channel.send(message.toByteArray()));
    }

    private static Digest certificateSha256(SecureChannel channel) {
        try {
            return Digest.sha256(channel.peerChain().leaf().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new KrylaException("HANDSHAKE_FAILED", "the ground's certificate cannot be encoded", false, e);
        }
    }
}
