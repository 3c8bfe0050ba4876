package io.kryla.ground.fleet;

import com.google.protobuf.Message;
import io.kryla.ground.link.BeaconSender;
import io.kryla.ground.link.DatagramEnd;
import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import io.kryla.ground.link.LinePort;
import io.kryla.ground.link.ListenerRejection;
import io.kryla.ground.link.SecureListener;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandler;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.stream.AttestedSample;
import io.kryla.ground.stream.AuthenticSample;
import io.kryla.ground.stream.DropCounters;
import io.kryla.ground.stream.LiveTelemetry;
import io.kryla.ground.stream.Overflow;
import io.kryla.ground.stream.SampleKind;
import io.kryla.ground.stream.TelemetryRelay;
import io.kryla.ground.stream.TelemetryStream;
import io.kryla.ground.stream.TimeLimit;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlSet;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.link.SharedLine;
import io.kryla.session.BeaconMessage;
import io.kryla.sframe.RejectReason;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ground that airframes connect to. An airframe is heard only after its certificates, its birth and its log key were
 * proven from the trust bundle; what it sends reaches subscribers only together with what may be claimed of it.
 *
 * <p>Threads: the network's, which only open datagrams; workers, one at a time for each airframe, which verify and call
 * {@link AirframeListener} and {@link FlightFollower}; delivery threads, one at a time for each subscription. They are the
 * station's own unless the builder was given others, but for attached lines, whose threads block. Any thread may call the
 * methods.
 */
public final class GroundStation implements LiveTelemetry, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroundStation.class);

    /** Application protocol of session set-up (protocol.md §4.1). */
    public static final String ALPN = "kryla/1";

    /** {@link #refused} counts under it what airframes refuse, whatever code they give. */
    public static final String REFUSED_BY_AIRFRAME = "REFUSED_BY_AIRFRAME";

    private static final Duration SETUP = Duration.ofSeconds(10);
    private static final Duration BEACON_INTERVAL = Duration.ofSeconds(1);
    /** As {@link #SETUP}, over a line that may be slow and lose much. */
    private static final Duration LINE_SETUP = Duration.ofSeconds(60);

    private static final long CLOSE_SECONDS = 5;

    private static final List<GroundMetric> COUNTED_LATER = List.of(
            GroundMetric.FRAMES_DROPPED,
            GroundMetric.COMMANDS_SENT,
            GroundMetric.RECORDINGS_STARTED,
            GroundMetric.RECORDINGS_COMPLETED,
            GroundMetric.RECORDER_RECORDS,
            GroundMetric.RECORDER_BYTES,
            GroundMetric.BEACONS_SENT,
            GroundMetric.BEACONS_FAILED);

    private final StationThreads threads;
    private final GroundMeters meters;
    private final IntakeCounters intakeCounters;
    private final List<AirframeListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, AirframeLink> newestBySerial = new ConcurrentHashMap<>();
    private final DropCounters drops = new DropCounters();
    private final TelemetryRelay telemetry;
    private final SecureRandom random;
    private final SessionDesk desk;
    private final SecureListener listener;
    private final List<BeaconSender> beacons = new ArrayList<>();
    private final List<LinePort> lines = new CopyOnWriteArrayList<>();
    private final TlsIdentity identity;
    private final AirframePeerCheck peerCheck;

    GroundStation(GroundStationBuilder settings) {
        meters = new GroundMeters(settings.metrics());
        intakeCounters = new IntakeCounters(meters);
        threads = new StationThreads(settings.executor(), settings.eventLoops());
        telemetry = new TelemetryRelay(threads.delivery(), drops);
        random = settings.random();
        TrustedBundle bundle = settings.trust();
        identity = settings.identity();
        Supplier<CrlSet> crls = settings.crls();
        peerCheck = new AirframePeerCheck(bundle.root(), crls);
        try {
            desk = new SessionDesk(
                    new AirframeAdmission(bundle, settings.policy(), identity, settings.profile(), crls),
                    random,
                    settings.profile(),
                    settings.ledgerCheckpoint(),
                    this::linkOf,
                    meters,
                    arrivals -> port(settings, arrivals));
        } catch (RuntimeException e) {
            stopThreads();
            throw e;
        }
        try {
            SecureListener.Builder listening = SecureListener.builder()
                    .bind(settings.listen())
                    .identity(identity)
                    .caps(settings.caps())
                    .route(ALPN, this::checkPeer, peer -> converse(peer, desk.network(), SETUP));
            settings.executor().ifPresent(listening::executor);
            settings.eventLoops().ifPresent(listening::eventLoops);
            listener = listening.listen();
        } catch (RuntimeException e) {
            desk.close();
            stopThreads();
            throw e;
        }
        try {
            settings.beacons().forEach(this::beacon);
            registerMeters();
        } catch (RuntimeException e) {
            listener.close();
            desk.close();
            stopThreads();
            throw e;
        }
        threads.every(BEACON_INTERVAL, Duration.ZERO, this::sendBeacons);
        threads.every(AirframeLink.TICK, AirframeLink.TICK, this::tick);
    }

    /** So that all of them are there from the start, but for codes that have not occurred. */
    private void registerMeters() {
        COUNTED_LATER.forEach(meters::counter);
        CommandAnswer.LABELS.forEach(answer -> meters.counter(GroundMetric.COMMANDS_ANSWERED, answer));
        for (ListenerRejection reason : ListenerRejection.values()) {
            meters.counter(GroundMetric.CONNECTIONS_REJECTED, reason.name(), () -> listener.rejected(reason));
        }
        for (Overflow policy : Overflow.values()) {
            meters.counter(GroundMetric.SUBSCRIBERS_OVERFLOWED, policy.name(), () -> drops.of(policy));
        }
        meters.gauge(GroundMetric.CONNECTIONS_OPEN, listener::connections);
        meters.gauge(GroundMetric.CONNECTIONS_UNJUDGED, listener::unjudged);
        meters.gauge(GroundMetric.AIRFRAMES_KNOWN, newestBySerial::size);
        meters.gauge(GroundMetric.FRAMES_WAITING, () -> most(AirframeLink::waitingFrames));
        meters.gauge(GroundMetric.SUBSCRIBERS_LAG, () -> Math.max(telemetry.lag(), most(AirframeLink::lag)));
        meters.gauge(
                GroundMetric.SUBSCRIBERS_OPEN,
                () -> telemetry.subscribers()
                        + newestBySerial.values().stream()
                                .mapToLong(AirframeLink::subscribers)
                                .sum());
    }

    private int most(ToIntFunction<AirframeLink> ofLink) {
        return newestBySerial.values().stream().mapToInt(ofLink).max().orElse(0);
    }

    private static DatagramPort port(GroundStationBuilder settings, DatagramReceiver arrivals) {
        return settings.eventLoops().isPresent()
                ? DatagramPort.bind(
                        settings.datagrams(), arrivals, settings.eventLoops().get())
                : DatagramPort.bind(settings.datagrams(), arrivals);
    }

    /** To start one. */
    public static GroundStationBuilder builder() {
        return new GroundStationBuilder();
    }

    /** Where airframes connect to. */
    public InetSocketAddress boundAddress() {
        return listener.boundAddress();
    }

    /** Hears of every flight log that begins from now on. */
    public Subscription onAirframe(AirframeListener airframeListener) {
        listeners.add(airframeListener);
        return () -> listeners.remove(airframeListener);
    }

    /** The newest flight log of that airframe, if it was ever here. */
    public Optional<AirframeLink> airframe(String serial) {
        return Optional.ofNullable(newestBySerial.get(serial));
    }

    /**
     * The next flight log of that airframe: ask before it connects. Completes on the airframe's worker, after the listeners
     * were called and before its first record is delivered.
     *
     * @param within exceptionally with DEADLINE then
     */
    public CompletableFuture<AirframeLink> nextFlight(String serial, Duration within) {
        return flight(serial, within, Optional.empty());
    }

    /**
     * The newest flight log of that airframe as soon as there is one: at once if it was ever here.
     *
     * @param within exceptionally with DEADLINE then
     */
    public CompletableFuture<AirframeLink> airframe(String serial, Duration within) {
        return flight(serial, within, Optional.of(newestBySerial));
    }

    private CompletableFuture<AirframeLink> flight(
            String serial, Duration within, Optional<Map<String, AirframeLink>> known) {
        CompletableFuture<AirframeLink> found = new CompletableFuture<>();
        AirframeListener hearing = airframe -> {
            if (airframe.serial().equals(serial)) {
                found.complete(airframe);
            }
        };
        listeners.add(hearing);
        known.map(links -> links.get(serial)).ifPresent(found::complete);
        CompletableFuture<AirframeLink> limited = TimeLimit.of(found, within, "airframe " + serial);
        var unused = limited.whenComplete((link, failure) -> listeners.remove(hearing));
        return limited;
    }

    /** The newest flight log of every airframe that was here. */
    public List<AirframeLink> airframes() {
        return List.copyOf(newestBySerial.values());
    }

    /** Of all airframes that are here or come. */
    @Override
    public <T extends Message> TelemetryStream<AttestedSample<T>> attested(SampleKind<T> kind) {
        return telemetry.attested(kind);
    }

    /** Of all airframes that are here or come. */
    @Override
    public <T extends Message> TelemetryStream<AuthenticSample<T>> authentic(SampleKind<T> kind) {
        return telemetry.authentic(kind);
    }

    @Override
    public TelemetryStream<AttestedRecord> attestedRecords() {
        return telemetry.attestedRecords();
    }

    @Override
    public TelemetryStream<AuthenticRecord> authenticRecords() {
        return telemetry.authenticRecords();
    }

    /** What subscribers of that policy lost because they were slow. */
    public long dropped(Overflow policy) {
        return drops.of(policy);
    }

    /** The airframe's next session that comes up carries this nonce: a ledger issues one for each flight. */
    public void useNonce(String serial, Digest nonce) {
        desk.useNonce(serial, nonce);
    }

    /**
     * How many airframes were refused with that code, by their certificates before their first word or by what they said in set-up:
     * one of this ground's own codes, or {@link #REFUSED_BY_AIRFRAME}.
     */
    public long refused(String code) {
        return desk.refusedFor(code);
    }

    /** How many connections were ended for that reason before set-up. */
    public long rejected(ListenerRejection reason) {
        return listener.rejected(reason);
    }

    /** How many datagrams of airframes were opened and handed on, over all sessions. */
    public long openedDatagrams() {
        return desk.openedDatagrams();
    }

    /** How many datagrams were rejected for that reason, over all sessions and those that named none. */
    public long rejected(RejectReason reason) {
        return desk.rejections().of(reason);
    }

    /** Datagrams that named no session of this ground. */
    public long strayDatagrams() {
        return desk.strayDatagrams();
    }

    /** Over whatever carries it. */
    private PeerDecision checkPeer(CertificateChain untrusted, String alpn) {
        PeerDecision decision = peerCheck.check(untrusted, alpn);
        if (decision instanceof PeerDecision.Refused refused) {
            desk.refused(refused.code());
        }
        return decision;
    }

    private void beacon(InetSocketAddress to) {
        byte[] beacon = BeaconMessage.encode(Optional.empty(), boundAddress().getPort());
        beacons.add(BeaconSender.open(to, beacon));
    }

    private void sendBeacons() {
        for (BeaconSender beacon : beacons) {
            meters.counter(beacon.send() ? GroundMetric.BEACONS_SENT : GroundMetric.BEACONS_FAILED)
                    .increment();
        }
    }

    private void tick() {
        threads.relieve();
        desk.tick();
        newestBySerial.values().forEach(AirframeLink::tick);
    }

    /**
     * Takes an airframe over a line too, such as a serial radio: judged, heard and answered as over the network. The line belongs
     * to the station from now on, until the subscription or the station is closed.
     */
    public Subscription attach(SharedLine line) {
        LinePort port = new LinePort(line, identity, ALPN, this::checkPeer);
        lines.add(port);
        desk.serve(port, peer -> converse(peer, port, LINE_SETUP));
        return () -> {
            lines.remove(port);
            port.close();
        };
    }

    private SecurePeerHandler converse(SecurePeer peer, DatagramEnd end, Duration most) {
        SetupConversation conversation = new SetupConversation(desk, peer, end);
        threads.after(most, () -> conversation.expire(peer));
        return conversation;
    }

    /** The link of this log: the one there is, or a new one in place of an earlier boot's, or of one that was outrun. */
    private synchronized AirframeLink linkOf(AdmittedAirframe airframe) {
        AirframeLink known = newestBySerial.get(airframe.serial());
        if (known != null && known.origin().equals(airframe.origin()) && !known.outrun()) {
            return known;
        }
        TelemetryRelay own = new TelemetryRelay(threads.delivery(), drops);
        AirframeLink link = new AirframeLink(
                airframe, threads.workers(), own, telemetry, threads.delivery(), intakeCounters, random);
        newestBySerial.put(airframe.serial(), link);
        if (known != null) {
            known.abandon("NEW_BOOT");
        }
        link.introduce(listeners);
        return link;
    }

    /**
     * Ends every session; followers of open logs hear {@code onAbandoned} before this returns, subscribers the end. Waits at
     * most five seconds for each of the two, and for the network's ends. Threads of the caller go on. Not to be called by an
     * event loop.
     */
    @Override
    public void close() {
        CompletableFuture<Void> told = CompletableFuture.allOf(newestBySerial.values().stream()
                .map(link -> link.abandon("STATION_CLOSED"))
                .toArray(CompletableFuture[]::new));
        try {
            told.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("a follower did not return; the station closes without it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.forEach(LinePort::close);
        listener.close();
        desk.close();
        telemetry.complete();
        stopThreads();
    }

    private void stopThreads() {
        threads.close();
        beacons.forEach(BeaconSender::close);
    }
}
