package io.kryla.factory.bench;

import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.provisioning.Workbench;
import io.kryla.factory.provisioning.Workbenches;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandler;
import io.kryla.ground.link.SecurePeerHandlerFactory;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.Role;
import io.kryla.identity.SelfSignedCertificate;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets benches in whose operators sign on with a badge, and knows which airframe lies on which of them. Safe for any
 * thread.
 */
public final class BenchDoor implements Workbenches {
    public static final String ALPN = "kryla-bench/1";

    /** Who may work at a bench. */
    static final Set<Role> ROLES = Set.of(Role.TECHNICIAN, Role.TESTER, Role.ENGINEER);

    /** Another bench has started the airframe. */
    static final String ALREADY_STARTED = "ALREADY_STARTED";
    /** So many airframes of the bench were started and are not born. */
    static final String BENCH_FULL = "BENCH_FULL";

    static final int MOST_AIRFRAMES = 256;
    static final Duration SHIFT = Duration.ofHours(12);

    final BadgeDesk desk;
    final BenchPapers papers;
    private final Map<Digest, StartedUnit> started = new ConcurrentHashMap<>();

    public BenchDoor(BadgeDesk desk, BenchPapers papers) {
        this.desk = desk;
        this.papers = papers;
    }

    /** Anyone who holds a P-256 key may ask; the badge desk decides. */
    public PeerCheck peerCheck() {
        return (untrusted, alpn) -> SelfSignedCertificate.keyOf(untrusted)
                        .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256)
                        .isPresent()
                ? new PeerDecision.Accepted()
                : new PeerDecision.Refused("PATH", "one self-signed certificate over a badge's P-256 key expected");
    }

    public SecurePeerHandlerFactory handlers() {
        return peer -> {
            VerificationKey key = SelfSignedCertificate.keyOf(peer.chain()).orElseThrow();
            BenchConversation conversation = new BenchConversation(this, key, peer::send);
            conversation.greet();
            return new SecurePeerHandler() {
                @Override
                public void onMessage(SecurePeer from, byte[] message) {
                    if (!conversation.onMessage(message)) {
                        from.close();
                    }
                }

                @Override
                public void onClosed(SecurePeer from) {
                    conversation.close();
                }
            };
        };
    }

    @Override
    public Optional<Workbench> of(Digest hardwareIdSha256) {
        return Optional.ofNullable(started.get(hardwareIdSha256));
    }

    /** One bench at a time has an airframe, and only so many; empty if it has it now, the code of the refusal otherwise. */
    Optional<String> start(StartedUnit unit) {
        boolean full = started.values().stream().filter(unit::isOf).count() >= MOST_AIRFRAMES
                && !started.containsKey(unit.hardwareIdSha256());
        if (full) {
            return Optional.of(BENCH_FULL);
        }
        StartedUnit now = started.compute(
                unit.hardwareIdSha256(), (hardware, before) -> before == null || before.isOf(unit) ? unit : before);
        return now == unit ? Optional.empty() : Optional.of(ALREADY_STARTED);
    }

    /** The airframe has its birth: it comes no more. */
    void born(StartedUnit unit) {
        started.remove(unit.hardwareIdSha256(), unit);
    }

    void forget(BenchConversation bench) {
        started.values().removeIf(unit -> unit.isAt(bench));
    }
}
