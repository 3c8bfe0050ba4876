package io.kryla.ground.fleet;

import io.kryla.ground.link.DatagramEnd;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.Metrics;
import io.kryla.ground.stream.DropCounters;
import io.kryla.ground.stream.TelemetryRelay;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.VerificationKey;
import io.kryla.link.DatagramLink;
import io.kryla.link.LinkPace;
import io.kryla.session.SessionTerms;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.v1.FlightEvidence;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One flight log as the station follows it, but on a clock that a test moves: no TLS, no threads. */
final class SteppedGround {
    private static final InetSocketAddress AIRFRAME = InetSocketAddress.createUnresolved("airframe", 1);
    private static final int MOST_RECORDS = 100_000;

    final AirframeLink link;
    /** By leaf, on the link clock. */
    final Map<Long, Long> arrivedAtNanos = new HashMap<>();

    final Map<Long, Long> attestedAtNanos = new HashMap<>();
    private final byte[] buffer = new byte[2_048];
    private Optional<AirframeSession> session = Optional.empty();
    private Optional<DatagramLink> path = Optional.empty();
    private long nowNanos;
    private long tickedAtNanos;

    SteppedGround(FlightOrigin origin, VerificationKey logKey, long linkNanos) {
        nowNanos = linkNanos;
        tickedAtNanos = linkNanos;
        DropCounters drops = new DropCounters();
        link = new AirframeLink(
                new AdmittedAirframe(origin.serial(), origin, logKey, FlightEvidence.getDefaultInstance()),
                Runnable::run,
                new TelemetryRelay(Runnable::run, drops),
                new TelemetryRelay(Runnable::run, drops),
                Runnable::run,
                new IntakeCounters(new GroundMeters(Metrics.none())),
                new SecureRandom());
        link.authenticRecords()
                .buffer(MOST_RECORDS)
                .listen(record -> arrivedAtNanos.putIfAbsent(record.leafIndex(), nowNanos));
        link.attestedRecords()
                .buffer(MOST_RECORDS)
                .listen(record -> attestedAtNanos.putIfAbsent(record.leafIndex(), nowNanos));
    }

    void connect(DatagramLink to, SessionTerms terms) {
        disconnect();
        DatagramEnd end = (datagram, address) -> to.send(datagram);
        AirframeSession up = new AirframeSession(
                link,
                new NobodysPeer(),
                end,
                terms,
                new DatagramCounters(new LongAdder(), new RejectCounters()),
                () -> nowNanos);
        path = Optional.of(to);
        session = Optional.of(up);
        link.sessionUp(up);
    }

    void disconnect() {
        session.ifPresent(link::sessionDown);
        session = Optional.empty();
        path = Optional.empty();
    }

    /** What network and clock do. */
    void pump(long linkNanos) {
        nowNanos = linkNanos;
        path.ifPresent(from -> {
            boolean busy = false;
            for (int length = from.poll(buffer); length != DatagramLink.NOTHING; length = from.poll(buffer)) {
                busy |= session.orElseThrow().onDatagram(buffer, length, AIRFRAME);
            }
            if (busy) {
                link.pause();
            }
        });
        for (; nowNanos - tickedAtNanos >= AirframeLink.TICK.toNanos(); tickedAtNanos += AirframeLink.TICK.toNanos()) {
            link.tick();
        }
    }

    List<UnattestedLeaves> unattested() {
        return link.unattested(Duration.ofSeconds(30)).join();
    }

    private record End(DatagramLink path) implements DatagramEnd {
        @Override
        public void send(byte[] datagram, InetSocketAddress to) {
            path.send(datagram);
        }

        @Override
        public LinkPace pace() {
            return path.pace();
        }
    }

    private static final class NobodysPeer implements SecurePeer {
        @Override
        public CertificateChain chain() {
            throw new IllegalStateException("nobody asks for it after set-up");
        }

        @Override
        public String alpn() {
            return GroundStation.ALPN;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return AIRFRAME;
        }

        @Override
        public void send(byte[] message) {}

        @Override
        public void close() {}
    }
}
