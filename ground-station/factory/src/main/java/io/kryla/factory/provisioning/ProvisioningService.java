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
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.StandBy;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line's provisioning station on the network. Any number of airframes may be connected; their messages are taken one
 * at a time, so that two connections of one airframe cannot run a step side by side.
 */
public final class ProvisioningService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProvisioningService.class);

    /** An airframe gives up after 60 s of silence. */
    private static final long STAND_BY_SECONDS = 15;

    private static final byte[] STAND_BY = ProvisioningMessage.newBuilder()
            .setStandBy(StandBy.newBuilder().setReason("the bench has something to do"))
            .build()
            .toByteArray();

    private final ProvisioningLine line;
    private final ProvisioningListener listener;
    private final SecureListener server;
    private final Object turn = new Object();
    private final Set<AirframePeer> airframes = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService pulse =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "kryla-stand-by"));

    private ProvisioningService(
            ProvisioningLine line,
            InetSocketAddress address,
            ProvisioningListener listener,
            Consumer<SecureListener.Builder> furtherRoutes) {
        this.line = line;
        this.listener = listener;
        SecureListener.Builder builder = SecureListener.builder()
                .bind(address)
                .identity(line.station())
                .route(ProvisioningClient.ALPN, peerCheck(), handlers());
        furtherRoutes.accept(builder);
        this.server = builder.listen();
        pulse.scheduleWithFixedDelay(
                () -> airframes.forEach(AirframePeer::sayStandBy),
                STAND_BY_SECONDS,
                STAND_BY_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * Listens at the address; port 0 takes a free one.
     *
     * @throws KrylaException BIND_FAILED
     */
    public static ProvisioningService start(
            ProvisioningLine line, InetSocketAddress address, ProvisioningListener listener) {
        return new ProvisioningService(line, address, listener, builder -> {});
    }

    /**
     * As {@link #start(ProvisioningLine, InetSocketAddress, ProvisioningListener)}, with other protocols on the same port.
     *
     * @param furtherRoutes adds them
     * @throws KrylaException BIND_FAILED
     */
    public static ProvisioningService start(
            ProvisioningLine line,
            InetSocketAddress address,
            ProvisioningListener listener,
            Consumer<SecureListener.Builder> furtherRoutes) {
        return new ProvisioningService(line, address, listener, furtherRoutes);
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
        pulse.shutdownNow();
        server.close();
    }

    private SecurePeerHandlerFactory handlers() {
        return peer -> {
            VerificationKey key = SelfSignedCertificate.keyOf(peer.chain()).orElseThrow();
            AirframePeer airframe = new AirframePeer(new UnitConversation(line, key, listener));
            airframes.add(airframe);
            return airframe;
        };
    }

    private final class AirframePeer implements SecurePeerHandler {
        private final UnitConversation conversation;
        private boolean over;
        /** While the bench works. */
        private @Nullable SecurePeer waiting;

        AirframePeer(UnitConversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public void onMessage(SecurePeer peer, byte[] message) {
            synchronized (turn) {
                if (over) {
                    return;
                }
                act(peer, guarded(() -> conversation.onMessage(message)));
            }
        }

        private void act(SecurePeer peer, LineStep step) {
            if (step instanceof LineStep.Send send) {
                peer.send(send.message().toByteArray());
                return;
            }
            if (step instanceof LineStep.AtBench atBench) {
                waiting = peer;
                atBench.workbench().ask(atBench.task(), answer -> onBench(peer, answer));
                return;
            }
            over = true;
            if (step instanceof LineStep.Refuse refuse) {
                peer.send(refuse.message().toByteArray());
            }
            peer.close();
        }

        /** By whichever thread has the bench's answer. */
        private void onBench(SecurePeer peer, BenchAnswer answer) {
            synchronized (turn) {
                if (!over) {
                    waiting = null;
                    act(peer, guarded(() -> conversation.onBench(answer)));
                }
            }
        }

        private void sayStandBy() {
            synchronized (turn) {
                SecurePeer peer = waiting;
                if (peer != null && !over) {
                    peer.send(STAND_BY);
                }
            }
        }

        /** A broken ledger ends this conversation with a code, not the station. */
        private LineStep guarded(Supplier<LineStep> work) {
            try {
                return work.get();
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
            airframes.remove(this);
            synchronized (turn) {
                if (!over) {
                    over = true;
                    listener.on(new ProvisioningEvent.ConversationCut(conversation.serial()));
                }
            }
        }
    }
}
