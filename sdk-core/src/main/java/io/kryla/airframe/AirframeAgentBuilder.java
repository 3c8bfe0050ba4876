package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.link.DatagramLink;
import io.kryla.link.LinkLoop;
import io.kryla.link.UdpLink;
import io.kryla.link.UdpListener;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.Hello;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what a boot needs; {@link #boot} names what is missing. */
public final class AirframeAgentBuilder {
    private static final int MOST_PROFILES = 8;

    private @Nullable SecureElement secureElement;
    private @Nullable AirframeStorage storage;
    private @Nullable FirmwareSlot firmware;
    private @Nullable InstantSource clock;
    private @Nullable LongSupplier monotonicNanos;
    private @Nullable SecureRandom random;
    private @Nullable ParameterStore parameters;
    private @Nullable Function<InetSocketAddress, DatagramLink> datagrams;
    private Optional<SharedThreads> shared = Optional.empty();
    private List<TelemetryProfile> profiles = List.of(TelemetryProfile.FLIGHT);
    private List<InetSocketAddress> grounds = List.of();
    private @Nullable InetSocketAddress beacons;
    private KeyLife keyLife = KeyLife.STANDARD;
    private LogMemory logMemory = LogMemory.STANDARD;
    private @Nullable RandomGenerator jitter;

    AirframeAgentBuilder() {}

    /** Holds the two private keys, which never leave it. */
    public AirframeAgentBuilder secureElement(SecureElement secureElement) {
        this.secureElement = secureElement;
        return this;
    }

    /** What survives a boot: certificates, birth record, boot counter, last checkpoint. */
    public AirframeAgentBuilder storage(AirframeStorage storage) {
        this.storage = storage;
        return this;
    }

    /** The image that runs; its digest is in the first leaf of the log. */
    public AirframeAgentBuilder firmware(FirmwareSlot firmware) {
        this.firmware = firmware;
        return this;
    }

    /** Wall time, for the validity of certificates. */
    public AirframeAgentBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** A clock that never goes back, such as {@code System::nanoTime}; read by the link thread. */
    public AirframeAgentBuilder monotonicNanos(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        return this;
    }

    /** For keys and nonces: never seeded. */
    public AirframeAgentBuilder random(SecureRandom random) {
        this.random = random;
        return this;
    }

    /**
     * What grounds may read, and write while the airframe is disarmed; without it such commands are UNKNOWN_ACTION. Called
     * on the flight thread.
     */
    public AirframeAgentBuilder parameters(ParameterStore parameters) {
        this.parameters = parameters;
        return this;
    }

    /**
     * Threads that any number of agents of one process share, in place of a thread for each ground and two for signatures and
     * storage: a loop that is theirs all, and an executor for what takes long. Without it each agent has its own.
     *
     * @param loop the caller's, on a thread of the caller's; closed after the agents
     * @param executor the caller's: set-ups run there, each up to 55 seconds, signatures of checkpoints, and storage once a
     *     second; never in the thread that hands a task over
     */
    public AirframeAgentBuilder threads(LinkLoop loop, Executor executor) {
        this.shared = Optional.of(new SharedThreads(loop, executor));
        return this;
    }

    /**
     * How to reach the ground's datagram port; UDP unless said otherwise. On {@linkplain #threads shared threads} a link that does
     * not take {@link DatagramLink#onArrival} is polled every 2 ms.
     */
    public AirframeAgentBuilder datagrams(Function<InetSocketAddress, DatagramLink> datagrams) {
        this.datagrams = datagrams;
        return this;
    }

    /**
     * The profiles of this boot: each has a log of its own, and a ground subscribes to one by name. The first is that of {@link
     * AirframeAgent#logOrigin}. {@link TelemetryProfile#FLIGHT} alone unless said otherwise.
     */
    public AirframeAgentBuilder profiles(List<TelemetryProfile> profiles) {
        long names = profiles.stream().map(TelemetryProfile::name).distinct().count();
        if (profiles.isEmpty() || profiles.size() > MOST_PROFILES || names != profiles.size()) {
            throw new IllegalArgumentException(
                    "profiles: 1 to " + MOST_PROFILES + " of different names, got " + profiles);
        }
        this.profiles = List.copyOf(profiles);
        return this;
    }

    /** Grounds to keep a session with, the leading one first; see {@link AirframeAgent#stayConnected}. */
    public AirframeAgentBuilder grounds(List<InetSocketAddress> grounds) {
        this.grounds = List.copyOf(grounds);
        return this;
    }

    /**
     * Listens for beacons at a local address or a multicast group, and tries the addresses they name; at most two sessions come
     * of it, and configured grounds are not affected.
     */
    public AirframeAgentBuilder beacons(InetSocketAddress beacons) {
        this.beacons = beacons;
        return this;
    }

    /** How long keys live; the standard's unless stricter. */
    public AirframeAgentBuilder keyLife(KeyLife keyLife) {
        this.keyLife = keyLife;
        return this;
    }

    /**
     * What each log keeps of itself for grounds that come late or stayed away: so many bytes of record bodies, one record for each
     * 512 bytes at most, and half as many of leaf hashes. Of what is older than both, a ground is told that it is gone. 8 MiB unless
     * said otherwise; memory is taken as it is needed.
     *
     * @param bodyBytes a power of two, 64 KiB to 256 MiB
     */
    public AirframeAgentBuilder logMemory(int bodyBytes) {
        this.logMemory = new LogMemory(bodyBytes);
        return this;
    }

    /** Spreads the attempts to reconnect, so that a fleet does not come back at once; {@link #random} unless said otherwise. */
    public AirframeAgentBuilder jitter(RandomGenerator jitter) {
        this.jitter = jitter;
        return this;
    }

    /**
     * Boots: counts the boot durably, then opens its logs and signs their first checkpoints, durable too.
     *
     * @throws io.kryla.keys.KrylaException NOT_PROVISIONED when the storage holds no birth, STORAGE_FAILED, STORAGE_CORRUPT
     */
    public AirframeAgent boot() {
        AirframeStorage medium = required("storage", storage);
        SecureElement element = required("secureElement", secureElement);
        Digest firmwareSha256 = required("firmware", firmware).imageSha256();
        InstantSource wallClock = required("clock", clock);
        LongSupplier linkClock = required("monotonicNanos", monotonicNanos);
        SecureRandom chance = required("random", random);

        AirframeIdentity identity = AirframeIdentity.read(medium, element);
        Optional<UdpListener> ear = beacons == null ? Optional.empty() : Optional.of(UdpListener.bind(beacons));
        DurableCheckpoints durable = DurableCheckpoints.read(medium, identity.originPrefix());
        CheckpointSigning signing = shared.map(threads -> new CheckpointSigning(threads.executor()))
                .orElseGet(() -> CheckpointSigning.onOwnThread("kryla-sign-" + identity.serial()));
        List<ProfileLog> logs =
                openLogs(BootCounter.next(medium), identity, durable, element.logKey(), firmwareSha256, signing);
        durable.store(logs.stream().map(ProfileLog::newestCheckpoint).collect(Collectors.toList()));

        LinkParts parts = new LinkParts(
                new SessionOpener(
                        identity,
                        new GroundPeerCheck(identity, new AirframeTime(wallClock, identity.provenPast())),
                        hello(identity, logs, firmwareSha256),
                        chance),
                logs.stream().collect(Collectors.toMap(log -> log.origin().profile(), ProfileLog::outbox)),
                new Receivers(logs.get(0).outbox()),
                new CommandDesk(parameters != null),
                new RejectCounters(),
                keyLife,
                jitter == null ? chance : jitter,
                linkClock);
        CheckpointKeeper keeper = new CheckpointKeeper(parts.logs().values(), durable);
        shared.ifPresentOrElse(keeper::runOn, () -> startDaemon(keeper, "kryla-checkpoint-" + identity.serial()));
        Function<InetSocketAddress, DatagramLink> udp = udp();
        GroundLinks links = new GroundLinks(parts, identity.serial(), shared);
        grounds.forEach(ground -> links.stayConnected(new IpPath(ground, udp)));
        Optional<BeaconGrounds> beaconGrounds = ear.map(listener -> new BeaconGrounds(
                listener, links, ground -> new IpPath(ground, udp), new BeaconCandidates(parts.chance()), linkClock));
        beaconGrounds.ifPresent(it -> startDaemon(it, "kryla-beacon-" + identity.serial()));
        ParameterDesk desk = new ParameterDesk(parameters == null ? new NoParameters() : parameters);
        return new AirframeAgent(
                logs, element.identityKey(), firmwareSha256, parts, desk, keeper, links, beaconGrounds, udp);
    }

    private Function<InetSocketAddress, DatagramLink> udp() {
        if (datagrams != null) {
            return datagrams;
        }
        return shared.isPresent() ? shared.get().loop()::connect : UdpLink::connect;
    }

    private List<ProfileLog> openLogs(
            long boot,
            AirframeIdentity identity,
            DurableCheckpoints durable,
            Signer logKey,
            Digest firmwareSha256,
            CheckpointSigning signing) {
        return profiles.stream()
                .map(profile -> ProfileLog.open(
                        profile,
                        new FlightOrigin(identity.originPrefix(), boot, profile.name()),
                        logKey,
                        durable.of(profile.name()),
                        firmwareSha256,
                        signing,
                        logMemory))
                .collect(Collectors.toList());
    }

    private static Hello hello(AirframeIdentity identity, List<ProfileLog> logs, Digest firmwareSha256) {
        FlightOrigin first = logs.get(0).origin();
        return Hello.newBuilder()
                .setSerial(first.serial())
                .setBoot(first.boot())
                .addAllLogs(logs.stream()
                        .map(log -> FlightLogInfo.newBuilder()
                                .setProfile(log.origin().profile())
                                .setOrigin(log.origin().text())
                                .build())
                        .collect(Collectors.toList()))
                .setFirmwareSha256(ByteString.copyFrom(firmwareSha256.bytes()))
                .setLogKeyEndorsement(identity.logKeyEndorsement())
                .setBirth(identity.birth())
                .build();
    }

    private static void startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
