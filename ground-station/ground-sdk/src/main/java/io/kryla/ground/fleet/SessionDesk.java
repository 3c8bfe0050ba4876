package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import io.kryla.ground.link.DatagramEnd;
import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import io.kryla.ground.link.LinePort;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandlerFactory;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.keys.Digest;
import io.kryla.session.GroundSetup;
import io.kryla.session.SessionKeys;
import io.kryla.session.SessionTerms;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.Subscribe;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Session ids and what stands behind them: gives each datagram to its session, and each session its terms. */
final class SessionDesk {
    private static final int NONCE_BYTES = 32;
    /** Between two looks for sessions that are over. */
    private static final long LOOK_AROUND_NANOS = Duration.ofSeconds(1).toNanos();

    private final AirframeAdmission admission;
    private final SecureRandom random;
    private final String profile;
    private final Supplier<Digest> ledgerCheckpoint;
    private final Function<AdmittedAirframe, AirframeLink> links;
    private final SessionTable<AirframeSession> sessions = new SessionTable<>();
    private final Map<String, Digest> noncesBySerial = new ConcurrentHashMap<>();
    private final GroundMeters meters;
    private final DatagramCounters datagrams;
    private final LongAdder strayDatagrams;
    private final LongAdder established;
    private final DatagramPort port;
    private volatile long nowNanos;

    SessionDesk(
            AirframeAdmission admission,
            SecureRandom random,
            String profile,
            Supplier<Digest> ledgerCheckpoint,
            Function<AdmittedAirframe, AirframeLink> links,
            GroundMeters meters,
            Function<DatagramReceiver, DatagramPort> bind) {
        this.admission = admission;
        this.random = random;
        this.profile = profile;
        this.ledgerCheckpoint = ledgerCheckpoint;
        this.links = links;
        this.meters = meters;
        this.datagrams = new DatagramCounters(meters.counter(GroundMetric.DATAGRAMS_OPENED), new RejectCounters());
        this.strayDatagrams = meters.counter(GroundMetric.DATAGRAMS_STRAY);
        this.established = meters.counter(GroundMetric.SESSIONS_ESTABLISHED);
        for (RejectReason reason : RejectReason.values()) {
            meters.counter(
                    GroundMetric.DATAGRAMS_REJECTED,
                    reason.name(),
                    () -> datagrams.rejected().of(reason));
        }
        meters.gauge(GroundMetric.SESSIONS_OPEN, this::openSessions);
        this.port = bind.apply(new Arrivals(Optional.empty()));
    }

    /** Where sessions of the network have their datagrams. */
    DatagramEnd network() {
        return port;
    }

    /** Begins to take sessions over a line. */
    void serve(LinePort line, SecurePeerHandlerFactory handlers) {
        line.serve(handlers, new Arrivals(Optional.of(line)));
    }

    AirframeAdmission admission() {
        return admission;
    }

    GroundSetup newSetup(GroundSetup.Admission judge, int sessionId) {
        return new GroundSetup(judge, sessionId, random);
    }

    /** Random, and unique among the sessions of this ground. */
    int reserveSessionId() {
        while (true) {
            int id = random.nextInt(SessionKeys.SESSION_IDS);
            if (sessions.reserve(id)) {
                return id;
            }
        }
    }

    /** The nonce of the airframe's next session that comes up; a fresh one otherwise. */
    void useNonce(String serial, Digest nonce) {
        noncesBySerial.put(serial, nonce);
    }

    Subscribe terms(AdmittedAirframe airframe) {
        Digest given = noncesBySerial.get(airframe.serial());
        return Subscribe.newBuilder()
                .setProfile(profile)
                .setUdpPort(port.boundAddress().getPort())
                .setNonce(ByteString.copyFrom(given == null ? freshNonce() : given.bytes()))
                .setLedgerCheckpointSha256(
                        ByteString.copyFrom(ledgerCheckpoint.get().bytes()))
                .build();
    }

    private byte[] freshNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    AirframeSession establish(
            AdmittedAirframe airframe, SecurePeer peer, DatagramEnd end, SessionTerms terms, int sessionId) {
        noncesBySerial.remove(airframe.serial(), terms.nonce());
        AirframeLink link = links.apply(airframe);
        AirframeSession session = new AirframeSession(link, peer, end, terms, datagrams, this::nowNanos);
        link.sessionUp(session);
        sessions.put(sessionId, session);
        established.increment();
        return session;
    }

    void release(int sessionId, @Nullable AirframeSession session) {
        sessions.remove(sessionId);
        if (session != null) {
            session.link().sessionDown(session);
        }
    }

    /** @param code this program's own, never one that a peer chose: each is kept */
    void refused(String code) {
        meters.counter(GroundMetric.SETUPS_REFUSED, code).increment();
    }

    long refusedFor(String code) {
        return meters.of(GroundMetric.SETUPS_REFUSED, code);
    }

    private long openSessions() {
        return sessions.open();
    }

    /** From the station's clock: the link clock, as fine as its ticks. */
    void tick() {
        nowNanos = nowNanos + AirframeLink.TICK.toNanos();
        if (nowNanos % LOOK_AROUND_NANOS == 0) {
            sessions.forEach(AirframeSession::endIfOver);
        }
    }

    private long nowNanos() {
        return nowNanos;
    }

    /** On the thread of one end; the network's unless it is a line. */
    private final class Arrivals implements DatagramReceiver {
        private final Optional<LinePort> line;
        private final Set<AirframeLink> busy = new LinkedHashSet<>();

        Arrivals(Optional<LinePort> line) {
            this.line = line;
        }

        @Override
        public void onDatagram(byte[] buffer, int length, InetSocketAddress from) {
            int id = SessionKeys.claimedSessionId(buffer, 0, length);
            AirframeSession session = sessions.get(id);
            DatagramEnd here = line.isPresent() ? line.get() : port;
            if (session == null || !session.isOver(here)) {
                strayDatagrams.increment();
                datagrams.rejected().count(SessionKeys.rejectionOfStray(buffer, 0, length));
            } else if (session.onDatagram(buffer, length, from)) {
                busy.add(session.link());
            }
        }

        @Override
        public void onPause() {
            busy.forEach(AirframeLink::pause);
            busy.clear();
        }
    }

    long strayDatagrams() {
        return strayDatagrams.sum();
    }

    long openedDatagrams() {
        return datagrams.opened().sum();
    }

    RejectCounters rejections() {
        return datagrams.rejected();
    }

    void close() {
        port.close();
    }
}
