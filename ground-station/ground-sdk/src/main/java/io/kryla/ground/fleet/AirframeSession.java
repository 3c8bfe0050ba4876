package io.kryla.ground.fleet;

import io.kryla.ground.link.DatagramEnd;
import io.kryla.ground.link.SecurePeer;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionTerms;
import io.kryla.sframe.KeyLife;
import io.kryla.v1.FrameKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one session. A datagram is opened and taken on the thread of its end; sealing belongs to whoever has the
 * intake's lock. The airframe's address is that from which its newest datagram came. A session ends when its
 * airframe is silent or its keys are too old.
 */
final class AirframeSession {
    /** An airframe sends something every second; one that was not heard for so long is gone. */
    static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final AirframeLink link;
    private final SecurePeer peer;
    private final DatagramEnd end;
    private final SealedReceiver receiver;
    private final SealedSender sender;
    private final DatagramCounters counters;
    private final LongSupplier linkClock;
    private final byte[] plaintext = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private volatile @Nullable InetSocketAddress airframe;
    private volatile long heardAtNanos;

    /**
     * @param counters of the station
     * @param linkClock in nanoseconds
     */
    AirframeSession(
            AirframeLink link,
            SecurePeer peer,
            DatagramEnd end,
            SessionTerms terms,
            DatagramCounters counters,
            LongSupplier linkClock) {
        this.link = link;
        this.peer = peer;
        this.end = end;
        this.receiver = terms.keys().receiver(counters.rejected(), linkClock.getAsLong());
        this.sender = terms.keys().sender(KeyLife.STANDARD, linkClock.getAsLong());
        this.counters = counters;
        this.linkClock = linkClock;
        this.heardAtNanos = linkClock.getAsLong();
    }

    AirframeLink link() {
        return link;
    }

    /** Whether its set-up came over this end: datagrams from elsewhere are none of its. */
    boolean isOver(DatagramEnd other) {
        return end == other;
    }

    AnswerPace pace() {
        return AnswerPace.of(end.pace());
    }

    /** On the thread of its end. Returns whether the link has something to take. */
    boolean onDatagram(byte[] buffer, int length, InetSocketAddress from) {
        long now = linkClock.getAsLong();
        int opened = receiver.open(buffer, 0, length, plaintext, 0, now);
        if (opened < 0) {
            return false;
        }
        counters.opened().increment();
        heardAtNanos = now;
        if (receiver.openedNewest()) {
            airframe = from;
        }
        return link.arrived(this, Arrays.copyOf(plaintext, opened));
    }

    /** With the intake's lock. Nothing is sent before the airframe was heard. */
    void send(FrameKind kind, byte[] body) {
        InetSocketAddress to = airframe;
        long now = linkClock.getAsLong();
        if (to != null && !sender.spent(now)) {
            end.send(sender.seal(kind, body, now), to);
        }
    }

    /** Ends a session whose airframe is silent or whose keys are too old. Any thread. */
    void endIfOver() {
        long now = linkClock.getAsLong();
        if (now - heardAtNanos > SILENCE_NANOS || sender.spent(now)) {
            close();
        }
    }

    /** Where the newest datagram came from; empty before the first. Any thread. */
    Optional<InetSocketAddress> address() {
        return Optional.ofNullable(airframe);
    }

    /** Ends the TLS connection, and with it the session. */
    void close() {
        peer.close();
    }
}
