package io.kryla.factory.provisioning;

import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.ground.link.SecureListener;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandler;
import io.kryla.ground.link.SecurePeerHandlerFactory;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.SelfSignedCertificate;
import io.kryla.keys.KrylaException;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line's provisioning station on the network. Any number of airframes may be connected; their messages are taken one
 * at a time, so that two connections of one airframe cannot run a step side by side.
 */
public final class ProvisioningService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProvisioningService.class);

    private final ProvisioningLine line;
    private final ProvisioningListener listener;
    private final SecureListener server;
    private final Object turn = new Object();

    private ProvisioningService(ProvisioningLine line, InetSocketAddress address, ProvisioningListener listener) {
        this.line = line;
        this.listener = listener;
        this.server = SecureListener.builder()
                .bind(address)
                .identity(line.station())
                .route(ProvisioningClient.ALPN, peerCheck(), handlers())
                .listen();
    }

    /**
     * Listens at the address; port 0 takes a free one.
     *
     * @throws KrylaException BIND_FAILED
     */
    public static ProvisioningService start(
            ProvisioningLine line, InetSocketAddress address, ProvisioningListener listener) {
        return new ProvisioningService(line, address, listener);
    }

    /** Anyone who holds a P-256 key may ask for a claim; the ledger decides. */
    private static PeerCheck peerCheck() {
        return (untrusted, alpn) -> SelfSignedCertificate.keyOf(untrusted)
                        .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256)
                        .isPresent()
                ? new PeerDecision.Accepted()
                : new PeerDecision.Refused("PATH", "one self-signed certificate over a P-256 key expected");
    }

    public InetSocketAddress boundAddress() {
        return server.boundAddress();
    }

    @Override
    public void close() {
        server.close();
    }

    private SecurePeerHandlerFactory handlers() {
        return peer -> {
            VerificationKey key = SelfSignedCertificate.keyOf(peer.chain()).orElseThrow();
            return new AirframePeer(new UnitConversation(line, key, listener));
        };
    }

    private final class AirframePeer implements SecurePeerHandler {
        private final UnitConversation conversation;
        private boolean over;

        AirframePeer(UnitConversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public void onMessage(SecurePeer peer, byte[] message) {
            synchronized (turn) {
                if (over) {
                    return;
                }
                LineStep step = take(message);
                if (step instanceof LineStep.Send send) {
                    peer.send(send.message().toByteArray());
                    return;
                }
                over = true;
                if (step instanceof LineStep.Refuse refuse) {
                    peer.send(refuse.message().toByteArray());
                }
            }
            peer.close();
        }

        /** A broken ledger ends this conversation with a code, not the station. */
        private LineStep take(byte[] message) {
            try {
                return conversation.onMessage(message);
            } catch (KrylaException e) {
                LOG.error("provisioning of {} stopped: {}", conversation.serial(), e.code(), e);
                return new LineStep.Refuse(e.code(), "the line's station failed; try again later");
            } catch (RuntimeException e) {
                LOG.error("provisioning of {} stopped", conversation.serial(), e);
                return new LineStep.Refuse(RefusalCodes.INTERNAL, "the line's station failed; see its log");
            }
        }

        @Override
        public void onClosed(SecurePeer peer) {
            synchronized (turn) {
                if (!over) {
                    over = true;
                    listener.on(new ProvisioningEvent.ConversationCut(conversation.serial()));
                }
            }
        }
    }
}
