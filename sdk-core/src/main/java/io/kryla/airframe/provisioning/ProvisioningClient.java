package io.kryla.airframe.provisioning;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.SelfSignedCertificate;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import io.kryla.v1.ClaimGrant;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes an airframe through provisioning: TLS 1.3 with a self-signed certificate over its own fresh key, then the
 * conversation. Blocking, one thread at a time; nothing is kept between calls but what is in the airframe's storage, so a
 * call that threw is simply made again.
 */
public final class ProvisioningClient {
    public static final String ALPN = "kryla-provision/1";

    /** A station may have to wait for its witnesses; one that waits for a person says so at least every 20 s. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final ProvisioningBoard board;

    private ProvisioningClient(ProvisioningBoard board) {
        this.board = board;
    }

    /** Takes up a board in whatever state the last attempt left it. */
    public static ProvisioningClient of(ProvisioningBoard board) {
        return new ProvisioningClient(board);
    }

    /**
     * Connects and goes on wherever the airframe stands; an airframe that has its birth asks nobody.
     *
     * @throws io.kryla.keys.KrylaException when the connection or the board fails; retryable if the connection was cut
     */
    public ProvisioningOutcome provision(InetSocketAddress station) {
        Optional<ProvisioningOutcome> born = alreadyBorn();
        if (born.isPresent()) {
            return born.get();
        }
        // The secure element has the key durable before it gives out its public part.
        Signer key = board.secureElement().identityKey();
        TlsIdentity identity = new TlsIdentity(key, new CertificateChain(List.of(SelfSignedCertificate.create(key))));
        try (SecureChannel channel =
                SecureChannel.connect(station, identity, ALPN, endsAt(board.rootSha256()), ChannelLimits.STANDARD)) {
            return converse(new ChannelLink(channel));
        }
    }

    /** The same over a connection that somebody else has made. */
    public ProvisioningOutcome provision(StationLink station) {
        return alreadyBorn().orElseGet(() -> converse(station));
    }

    private ProvisioningOutcome converse(StationLink station) {
        AirframeConversation conversation = new AirframeConversation(board, station.peerChain());
        station.send(conversation.begin().toByteArray());
        while (true) {
            ProvisioningStep step = conversation.onMessage(station.receive(ANSWER));
            if (step instanceof ProvisioningStep.Send send) {
                station.send(send.message().toByteArray());
            } else if (step instanceof ProvisioningStep.Wait) {
                continue;
            } else if (step instanceof ProvisioningStep.End end) {
                station.send(end.message().toByteArray());
                return end.outcome();
            } else {
                return ((ProvisioningStep.Ended) step).outcome();
            }
        }
    }

    private Optional<ProvisioningOutcome> alreadyBorn() {
        if (board.storage().read(StorageEntry.BIRTH_COMMIT).isEmpty()) {
            return Optional.empty();
        }
        return board.storage().read(StorageEntry.CLAIM_GRANT).flatMap(bytes -> {
            try {
                return Optional.of(
                        new ProvisioningOutcome.Born(ClaimGrant.parseFrom(bytes).getSerial(), true));
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    /** Turns strangers away at the door; what the station is allowed to be, its first message has to prove. */
    private static PeerCheck endsAt(Digest rootSha256) {
        return (untrusted, alpn) -> {
            List<java.security.cert.X509Certificate> chain = untrusted.certificates();
            return Certificates.sha256(chain.get(chain.size() - 1)).equals(rootSha256)
                    ? new PeerDecision.Accepted()
                    : new PeerDecision.Refused("PATH", "the station's chain does not end at this firmware's root");
        };
    }

    private record ChannelLink(SecureChannel channel) implements StationLink {
        @Override
        public CertificateChain peerChain() {
            return channel.peerChain();
        }

        @Override
        public void send(byte[] message) {
            channel.send(message);
        }

        @Override
        public byte[] receive(Duration wall) {
            return channel.receive(wall);
        }
    }
}
