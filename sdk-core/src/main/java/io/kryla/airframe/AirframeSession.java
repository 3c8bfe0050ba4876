package io.kryla.airframe;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.link.DatagramLink;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionKeys;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.FrameKind;
import io.kryla.v1.RecordRequest;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The datagrams of one session on the airframe's side (protocol.md §5): seals what goes down, opens what comes up, and notices
 * when the ground has gone. Link thread only; time comes in as an argument, on the link clock.
 */
final class AirframeSession implements AutoCloseable {
    /** Something is sent at least so often, so that the ground hears that this airframe lives. */
    static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(1).toNanos();
    /** After so long without a word from the ground the path is opened anew: an address of this airframe may have changed. */
    static final long NEW_PATH_NANOS = Duration.ofSeconds(3).toNanos();
    /** And after so long the ground is taken to be gone. */
    static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Then it is time to send again, whatever a stranger floods this port with. */
    private static final int MOST_AT_ONCE = 512;

    private static final byte[] NOTHING_TO_SAY = {};

    private final CommandDesk commands;
    private final RejectCounters rejections;
    private final Supplier<DatagramLink> paths;
    private final SealedSender sender;
    private final SealedReceiver opener;
    private final GroundAuthority ground;
    private final LogDelivery delivery;
    private final byte[] buffer = new byte[SealedSender.MAX_DATAGRAM_BYTES + 1];
    private final byte[] datagram = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private volatile DatagramLink path;
    /** As of the call that is running. */
    private long nowNanos;

    private long heardAtNanos;
    private long sentAtNanos;
    private long pathOpenedAtNanos;

    AirframeSession(
            Receiver receiver,
            CommandDesk commands,
            RejectCounters rejections,
            Supplier<DatagramLink> paths,
            SessionKeys keys,
            KeyLife life,
            GroundAuthority ground,
            long nowNanos) {
        this.commands = commands;
        this.rejections = rejections;
        this.paths = paths;
        this.path = paths.get();
        this.sender = keys.sender(life, nowNanos);
        this.opener = keys.receiver(rejections, nowNanos);
        this.ground = ground;
        this.delivery = new LogDelivery(receiver, new Sealing(), path.pace(), nowNanos);
        this.nowNanos = nowNanos;
        this.heardAtNanos = nowNanos;
        this.sentAtNanos = nowNanos - KEEP_ALIVE_NANOS;
        this.pathOpenedAtNanos = nowNanos;
    }

    /** Sends what is due and returns how long nothing more will be, in nanoseconds. */
    long send(long now) {
        nowNanos = now;
        if (now - heardAtNanos >= NEW_PATH_NANOS && now - pathOpenedAtNanos >= NEW_PATH_NANOS) {
            openNewPath();
        }
        long idleNanos = delivery.send(now);
        long keepAliveNanos = sentAtNanos + KEEP_ALIVE_NANOS - now;
        if (keepAliveNanos <= 0) {
            transmit(FrameKind.FRAME_KIND_KEEP_ALIVE, NOTHING_TO_SAY, 0, 0);
            keepAliveNanos = KEEP_ALIVE_NANOS;
        }
        return Math.min(idleNanos, keepAliveNanos);
    }

    private void openNewPath() {
        pathOpenedAtNanos = nowNanos;
        DatagramLink fresh = paths.get();
        if (fresh != path) {
            fresh.follow(path);
            path.close();
            path = fresh;
        }
    }

    /** Seals what the log has to say. */
    private final class Sealing implements LogDelivery.Transmitter {
        @Override
        public void transmit(FrameKind kind, byte[] body, int offset, int length) {
            AirframeSession.this.transmit(kind, body, offset, length);
        }

        @Override
        public boolean hasRoom() {
            return path.hasRoom();
        }
    }

    /** Into one array, which is the path's no longer than the call: nothing is allocated but by the JDK's cipher. */
    private void transmit(FrameKind kind, byte[] body, int offset, int length) {
        path.send(datagram, 0, sender.seal(kind, body, offset, length, datagram, 0, nowNanos));
        sentAtNanos = nowNanos;
    }

    /** Waits for one datagram, then takes those that have arrived. Nothing in them throws. */
    void receive(Duration timeout, LongSupplier monotonicNanos) {
        int length = timeout.isZero() ? path.poll(buffer) : path.receive(buffer, timeout);
        for (int taken = 0; length != DatagramLink.NOTHING; taken++) {
            nowNanos = monotonicNanos.getAsLong();
            if (opener.open(buffer, length, nowNanos) instanceof SealedReceiver.Result.Opened opened) {
                heardAtNanos = nowNanos;
                if (opener.openedNewest()) {
                    path.peerProven();
                }
                take(opened.kind(), opened.body());
            }
            length = taken < MOST_AT_ONCE ? path.poll(buffer) : DatagramLink.NOTHING;
        }
    }

    private void take(FrameKind kind, byte[] body) {
        boolean taken;
        try {
            taken = switch (kind) {
                case FRAME_KIND_ACKNOWLEDGEMENT -> delivery.acknowledge(Acknowledgement.parseFrom(body), nowNanos);
                case FRAME_KIND_RECORD_REQUEST -> delivery.answer(RecordRequest.parseFrom(body), nowNanos);
                case FRAME_KIND_COMMAND -> commands.receive(body, ground);
                default -> false;
            };
        } catch (InvalidProtocolBufferException e) {
            taken = false;
        }
        if (!taken) {
            // An authenticated peer sent it, and still it is none of the messages it may send.
            rejections.count(RejectReason.MALFORMED);
        }
    }

    /** Whether nothing was heard from the ground for so long that it is taken to be gone. */
    boolean silent(long now) {
        return now - heardAtNanos > SILENCE_NANOS;
    }

    boolean wantsRenewal(long now) {
        return sender.wantsRenewal(now);
    }

    boolean spent(long now) {
        return sender.spent(now);
    }

    /** Any thread: makes a {@link #receive} that waits return. */
    void wakeup() {
        path.wakeup();
    }

    @Override
    public void close() {
        path.close();
        sender.wipe();
        opener.wipe();
    }
}
