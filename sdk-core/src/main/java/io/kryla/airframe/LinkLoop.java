package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.link.DatagramLink;
import io.kryla.session.AirframeSetup;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.v1.Hello;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.SessionMessage;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link thread: waits for someone to connect to, sets the session up, then pumps its datagrams until it ends. Beside
 * that it keeps the newest checkpoint durable, so that the flight thread never waits for the medium.
 */
final class LinkLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);
    private static final Duration SETUP_ANSWER = Duration.ofSeconds(10);
    private static final long LOOK_AROUND_NANOS = Duration.ofMillis(200).toNanos();
    private static final long CHECKPOINT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_REQUESTS = 4;

    private record ConnectRequest(InetSocketAddress ground, CompletableFuture<Void> done) {}

    private final AirframeIdentity identity;
    private final GroundPeerCheck groundCheck;
    private final Hello hello;
    private final FlightLinkExchange exchange;
    private final DurableCheckpoint durable;
    private final SecureRandom random;
    private final LongSupplier monotonicNanos;
    private final Function<InetSocketAddress, DatagramLink> datagrams;
    private final BlockingQueue<ConnectRequest> requests = new ArrayBlockingQueue<>(MOST_REQUESTS);
    private long checkpointStoredAtNanos;
    private volatile boolean closing;

    LinkLoop(
            AirframeIdentity identity,
            GroundPeerCheck groundCheck,
            Hello hello,
            FlightLinkExchange exchange,
            DurableCheckpoint durable,
            SecureRandom random,
            LongSupplier monotonicNanos,
            Function<InetSocketAddress, DatagramLink> datagrams) {
        this.identity = identity;
        this.groundCheck = groundCheck;
        this.hello = hello;
        this.exchange = exchange;
        this.durable = durable;
        this.random = random;
        this.monotonicNanos = monotonicNanos;
        this.datagrams = datagrams;
        this.checkpointStoredAtNanos = monotonicNanos.getAsLong();
    }

    /** Any thread. */
    CompletableFuture<Void> connect(InetSocketAddress ground) {
        ConnectRequest request = new ConnectRequest(ground, new CompletableFuture<>());
        if (closing || !requests.offer(request)) {
            request.done.completeExceptionally(
                    new KrylaException("AGENT_BUSY", "the agent is closed or still busy with earlier requests", true));
        }
        exchange.announce();
        return request.done;
    }

    /** Any thread; the loop then ends soon. */
    void close() {
        closing = true;
        exchange.announce();
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                ConnectRequest request = requests.poll(LOOK_AROUND_NANOS, TimeUnit.NANOSECONDS);
                keepCheckpoint();
                if (request != null) {
                    serve(request);
                }
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                LOG.error("link thread goes on after {}", e.toString(), e);
            }
        }
        requests.forEach(request -> request.done.completeExceptionally(
                new KrylaException("AGENT_CLOSED", "the agent was closed before it connected", false)));
    }

    private void serve(ConnectRequest request) {
        try (SecureChannel channel = SecureChannel.connect(
                request.ground, identity.tls(), GroundPeerCheck.ALPN, groundCheck, ChannelLimits.STANDARD)) {
            SessionTerms terms = setUp(channel);
            InetSocketAddress ground = new InetSocketAddress(request.ground.getAddress(), terms.udpPort());
            try (DatagramLink link = datagrams.apply(ground)) {
                pump(request, channel, terms, link);
            } finally {
                exchange.sessionEnded();
            }
        } catch (KrylaException e) {
            LOG.info("session with {} ended: {}: {}", request.ground, e.code(), e.getMessage());
            request.done.completeExceptionally(e);
        } catch (RuntimeException e) {
            request.done.completeExceptionally(new KrylaException("LINK_FAILED", e.toString(), true, e));
            throw e;
        }
    }

    private SessionTerms setUp(SecureChannel channel) {
        AirframeSetup setup = new AirframeSetup(hello, random);
        sendAll(channel, List.of(setup.start()));
        while (true) {
            SetupStep step = setup.receive(channel.receive(SETUP_ANSWER));
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

    private void pump(ConnectRequest request, SecureChannel channel, SessionTerms terms, DatagramLink link) {
        GroundAuthority ground =
                new GroundAuthority(certificateSha256(channel), groundCheck.roleOf(channel.peerChain()));
        AirframeSession session = new AirframeSession(exchange, link, terms.keys(), ground, monotonicNanos.getAsLong());
        exchange.sessionStarted(joined(terms, ground.certificateSha256()), link::wakeup);
        request.done.complete(null);
        LOG.info("session with {} is up", request.ground);
        while (!closing && requests.isEmpty()) {
            long idleNanos = session.send(monotonicNanos.getAsLong());
            session.receive(Duration.ofNanos(Math.min(idleNanos, LOOK_AROUND_NANOS)), monotonicNanos);
            keepCheckpoint();
            if (channel.hasInput() || session.silent(monotonicNanos.getAsLong())) {
                LOG.info("session with {} ended: the ground closed it or fell silent", request.ground);
                return;
            }
        }
    }

    private void keepCheckpoint() {
        long now = monotonicNanos.getAsLong();
        if (now - checkpointStoredAtNanos >= CHECKPOINT_NANOS) {
            checkpointStoredAtNanos = now;
            try {
                exchange.checkpoints().newest().ifPresent(durable::store);
            } catch (KrylaException e) {
                LOG.warn("the newest checkpoint is not durable: {}: {}", e.code(), e.getMessage());
            }
        }
    }

    private static void sendAll(SecureChannel channel, List<SessionMessage> messages) {
        messages.forEach(message -> channel.send(message.toByteArray()));
    }

    private static ReceiverJoined joined(SessionTerms terms, Digest groundCertificate) {
        return ReceiverJoined.newBuilder()
                .setNonce(ByteString.copyFrom(terms.nonce().bytes()))
                .setLedgerCheckpointSha256(
                        ByteString.copyFrom(terms.ledgerCheckpointSha256().bytes()))
                .setGroundCertificateSha256(ByteString.copyFrom(groundCertificate.bytes()))
                .build();
    }

    private static Digest certificateSha256(SecureChannel channel) {
        try {
            return Digest.sha256(channel.peerChain().leaf().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new KrylaException("HANDSHAKE_FAILED", "the ground's certificate cannot be encoded", false, e);
        }
    }
}
