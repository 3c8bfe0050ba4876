package io.kryla.ground.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places of a listener: who is in its handshake, in order of arrival, and how many were accepted. When there is no place
 * left, the network that holds most of the strangers' places loses one: of those that got least far with their handshake, that
 * which has waited longest. So a flood pushes out its own; and in its own network, too, it has to do the work of a handshake to
 * push out an honest peer that is about to finish one. Any thread.
 */
final class Strangers {
    /** Whoever has an IPv6 address has all of its /64. */
    private static final int NETWORK_BYTES_OF_IPV6 = 8;

    private final ListenerCaps caps;
    private final Map<HandshakeGuard, ByteBuffer> networks = new LinkedHashMap<>();
    private final Map<ByteBuffer, Integer> places = new HashMap<>();
    private int accepted;

    Strangers(ListenerCaps caps) {
        this.caps = caps;
    }

    /** What became of a newcomer. */
    enum Entry {
        /** There was a place. */
        FREE,
        /** There was none, and another stranger lost its own. */
        TAKEN,
        /** All places are those of accepted peers. */
        REFUSED
    }

    /** Takes a place; give it back with {@link #accept} and {@link #leave}, or {@link #leave} alone. */
    Entry enter(HandshakeGuard newcomer, InetAddress address) {
        HandshakeGuard evicted = null;
        synchronized (this) {
            if (networks.size() >= caps.unauthenticated() || networks.size() + accepted >= caps.connections()) {
                if (networks.isEmpty()) {
                    return Entry.REFUSED;
                }
                evicted = leastOfTheBusiest();
                forget(evicted);
            }
            ByteBuffer network = networkOf(address);
            networks.put(newcomer, network);
            places.merge(network, 1, Integer::sum);
        }
        if (evicted == null) {
            return Entry.FREE;
        }
        evicted.evict();
        return Entry.TAKEN;
    }

    private HandshakeGuard leastOfTheBusiest() {
        int most = Collections.max(places.values());
        return networks.entrySet().stream()
                .filter(entry -> places.getOrDefault(entry.getValue(), 0) == most)
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(HandshakeGuard::progress)) // of equals the first, in order of arrival
                .orElseThrow();
    }

    /** False when it is no stranger any more: it has lost its place or left. */
    synchronized boolean accept(HandshakeGuard guard) {
        if (!forget(guard)) {
            return false;
        }
        accepted++;
        return true;
    }

    /** The connection is closed. */
    synchronized void leave(HandshakeGuard guard, boolean wasAccepted) {
        if (wasAccepted) {
            accepted--;
        } else {
            forget(guard);
        }
    }

    synchronized int connections() {
        return networks.size() + accepted;
    }

    synchronized int unjudged() {
        return networks.size();
    }

    private boolean forget(HandshakeGuard guard) {
        ByteBuffer network = networks.remove(guard);
        if (network == null) {
            return false;
        }
        places.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
        return true;
    }

    private static ByteBuffer networkOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, address instanceof Inet6Address ? NETWORK_BYTES_OF_IPV6 : bytes.length);
    }
}
