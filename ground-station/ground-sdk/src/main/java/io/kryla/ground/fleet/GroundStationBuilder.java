package io.kryla.ground.fleet;

import io.kryla.ground.link.ListenerCaps;
import io.kryla.ground.metrics.Metrics;
import io.kryla.ground.trust.TrustFolder;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link GroundStation} needs; {@link #start} names what is missing. */
public final class GroundStationBuilder {
    private @Nullable TlsIdentity identity;
    private @Nullable TrustedBundle trust;
    private @Nullable InetSocketAddress listen;
    private @Nullable InetSocketAddress datagrams;
    private @Nullable InstantSource clock;
    private @Nullable Supplier<List<X509CRL>> crls;
    private @Nullable Supplier<Digest> ledgerCheckpoint;
    private GroundPolicy policy = GroundPolicy.requireCosigned();
    private ListenerCaps caps = ListenerCaps.STANDARD;
    private SecureRandom random = new SecureRandom();
    private String profile = "flight";
    private final List<InetSocketAddress> beacons = new ArrayList<>();
    private Metrics metrics = Metrics.none();
    private @Nullable Executor executor;
    private @Nullable ScheduledExecutorService eventLoops;

    GroundStationBuilder() {}

    /** The ground's key and certificates. */
    public GroundStationBuilder identity(TlsIdentity identity) {
        this.identity = identity;
        return this;
    }

    /** Whom to believe; holds the root. */
    public GroundStationBuilder trust(TrustedBundle trust) {
        this.trust = trust;
        return this;
    }

    /** Whom to believe, which revocation lists to mind and which ledger checkpoint to quote, all as it lies in a folder. */
    public GroundStationBuilder trust(TrustFolder folder) {
        return trust(folder.bundle()).crls(folder::crls).ledgerCheckpoint(folder::ledgerCheckpoint);
    }

    /** Where airframes connect to; port 0 takes a free one. */
    public GroundStationBuilder listen(InetSocketAddress listen) {
        this.listen = listen;
        return this;
    }

    /** The UDP end; a free port of the host of {@link #listen} unless said otherwise. */
    public GroundStationBuilder datagrams(InetSocketAddress datagrams) {
        this.datagrams = datagrams;
        return this;
    }

    /** Which births are believed; cosigned ones unless said otherwise. */
    public GroundStationBuilder policy(GroundPolicy policy) {
        this.policy = policy;
        return this;
    }

    /** The newest revocation list of every issuer; asked at each connection. */
    public GroundStationBuilder crls(Supplier<List<X509CRL>> crls) {
        this.crls = crls;
        return this;
    }

    /** SHA-256 of a recent ledger checkpoint note: flights begun here are provably not older. */
    public GroundStationBuilder ledgerCheckpoint(Supplier<Digest> ledgerCheckpoint) {
        this.ledgerCheckpoint = ledgerCheckpoint;
        return this;
    }

    /** Wall time, for the age of revocation lists. */
    public GroundStationBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Of keys, nonces and ids; a new one unless said otherwise. */
    public GroundStationBuilder random(SecureRandom random) {
        this.random = random;
        return this;
    }

    /** The telemetry profile to subscribe to; {@code flight} unless said otherwise. */
    public GroundStationBuilder profile(String profile) {
        this.profile = profile;
        return this;
    }

    /**
     * Sends a beacon to an address every second, by which airframes find this ground that know no address of it: a host, a
     * multicast group, or everyone on the network (the limited broadcast address). May be called several times. Off unless
     * said otherwise.
     */
    public GroundStationBuilder beacon(InetSocketAddress to) {
        this.beacons.add(to);
        return this;
    }

    /**
     * What peers may take before they are known, and how many there may be: {@link ListenerCaps#STANDARD}, which is 1,024, unless said
     * otherwise; a larger fleet takes {@link ListenerCaps#forPeers}.
     */
    public GroundStationBuilder caps(ListenerCaps caps) {
        this.caps = caps;
        return this;
    }

    /**
     * Where its measurements go; nowhere unless said otherwise.
     *
     * @param metrics for one station alone
     */
    public GroundStationBuilder metrics(Metrics metrics) {
        this.metrics = metrics;
        return this;
    }

    /**
     * Verifies records and calls listeners, followers and subscribers. It needs as many threads as callbacks may block at once,
     * and one more; it takes every task, and never runs one in the thread that hands it over. Own threads unless said otherwise:
     * as many as there are processors, and more while all of them are stuck.
     *
     * @param executor the caller's, which ends it after the station
     */
    public GroundStationBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /**
     * The threads of the network, and the clock's. Three own ones, and one for the clock, unless said otherwise. Typed by what
     * of it the JDK knows, so that this API names no type of Netty.
     *
     * @param eventLoops an {@code EventLoopGroup} of Netty 4.2 for NIO or epoll, which the caller ends after the station
     */
    public GroundStationBuilder eventLoops(ScheduledExecutorService eventLoops) {
        this.eventLoops = eventLoops;
        return this;
    }

    /**
     * Binds both ends and begins to listen.
     *
     * @throws IllegalArgumentException if something is missing, or threads are none that can be used
     * @throws io.kryla.keys.KrylaException BIND_FAILED
     */
    public GroundStation start() {
        List<String> missing = new ArrayList<>();
        addIfNull(missing, identity, "identity");
        addIfNull(missing, trust, "trust");
        addIfNull(missing, listen, "listen");
        addIfNull(missing, clock, "clock");
        addIfNull(missing, crls, "crls");
        addIfNull(missing, ledgerCheckpoint, "ledgerCheckpoint");
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("a ground station lacks: " + String.join(", ", missing));
        }
        return new GroundStation(this);
    }

    private static void addIfNull(List<String> missing, @Nullable Object value, String name) {
        if (value == null) {
            missing.add(name);
        }
    }

    TlsIdentity identity() {
        return present(identity);
    }

    TrustedBundle trust() {
        return present(trust);
    }

    InetSocketAddress listen() {
        return present(listen);
    }

    InetSocketAddress datagrams() {
        InetSocketAddress set = datagrams;
        return set != null ? set : new InetSocketAddress(listen().getAddress(), 0);
    }

    Supplier<CrlSet> crls() {
        InstantSource now = present(clock);
        Supplier<List<X509CRL>> lists = present(crls);
        return () -> new CrlSet(lists.get(), policy.crlProfile(), now.instant());
    }

    Supplier<Digest> ledgerCheckpoint() {
        return present(ledgerCheckpoint);
    }

    GroundPolicy policy() {
        return policy;
    }

    List<InetSocketAddress> beacons() {
        return List.copyOf(beacons);
    }

    ListenerCaps caps() {
        return caps;
    }

    SecureRandom random() {
        return random;
    }

    String profile() {
        return profile;
    }

    Metrics metrics() {
        return metrics;
    }

    Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    Optional<ScheduledExecutorService> eventLoops() {
        return Optional.ofNullable(eventLoops);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("start() checks what is needed");
        }
        return value;
    }
}
