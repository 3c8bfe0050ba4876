package io.kryla.ground.fleet;

import io.kryla.ground.link.ListenerCaps;
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

    /** What peers may take before they are known: connections, bytes, time. */
    public GroundStationBuilder caps(ListenerCaps caps) {
        this.caps = caps;
        return this;
    }

    /**
     * Binds both ends and begins to listen.
     *
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

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("start() checks what is needed");
        }
        return value;
    }
}
