package io.kryla.airframe;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.link.DatagramLink;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionKeys;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectReason;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The datagrams of one session on the airframe's side (protocol.md §5, §6.5): sends records in order and checkpoints, repeats
 * what is not acknowledged, answers requests, takes commands. Link thread only; time comes in as an argument.
 */
final class AirframeSession {
    /** Records under way at most; what lies behind waits in the ring. Four flow-control windows. */
    private static final long SEND_WINDOW = 256;
    /** Records repeated when the timer fires; the receiver asks for the rest itself once it sees a newer one. */
    private static final long REPEATED_RECORDS = 8;
    /** Records sent for one request at most. */
    private static final int MOST_REQUESTED = 256;

    private static final int MOST_RANGES = 64;
    /** What was just sent may not have arrived yet: a request that comes sooner after an answer is passed over. */
    private static final long BETWEEN_ANSWERS_NANOS = 20_000_000L;

    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final FlightLinkExchange exchange;
    private final DatagramLink link;
    private final SealedSender sender;
    private final SealedReceiver receiver;
    private final GroundAuthority ground;
    private final RepeatTimer recordTimer = new RepeatTimer();
    private final RepeatTimer checkpointTimer = new RepeatTimer();
    private final byte[] buffer = new byte[SealedSender.MAX_DATAGRAM_BYTES + 1];
    /** Link clock, as of the call that is running. */
    private long nowNanos;

    private long nextToSend;
    private long sentCheckpointSize;
    private long sentUsableSize;
    private long heardAtNanos;
    private long answeredAtNanos;

    AirframeSession(
            FlightLinkExchange exchange, DatagramLink link, SessionKeys keys, GroundAuthority ground, long nowNanos) {
        this.exchange = exchange;
        this.link = link;
        this.sender = keys.sender(KeyLife.STANDARD, nowNanos);
        this.receiver = keys.receiver(exchange.rejections(), nowNanos);
        this.ground = ground;
        this.nowNanos = nowNanos;
        this.heardAtNanos = nowNanos;
        this.answeredAtNanos = nowNanos - BETWEEN_ANSWERS_NANOS;
    }

    /** Sends what is due and returns how long nothing more will be, in nanoseconds. */
    long send(long nowNanos) {
        this.nowNanos = nowNanos;
        if (!exchange.isJoinLogged()) {
            return RepeatTimer.LONGEST_NANOS;
        }
        sendNewRecords(nowNanos);
        sendCheckpoint(nowNanos);
        repeatRecords(nowNanos);
        return Math.min(recordTimer.nanosUntilDue(nowNanos), checkpointTimer.nanosUntilDue(nowNanos));
    }

    /** Waits for one datagram, then takes all that have arrived. Nothing in them throws. */
    void receive(Duration timeout, LongSupplier monotonicNanos) {
        int length = link.receive(buffer, timeout);
        while (length != DatagramLink.NOTHING) {
            nowNanos = monotonicNanos.getAsLong();
            SealedReceiver.Result result = receiver.open(buffer, length, nowNanos);
            if (result instanceof SealedReceiver.Result.Opened opened) {
                heardAtNanos = nowNanos;
                take(opened.kind(), opened.body());
            }
            length = link.poll(buffer);
        }
    }

    /** Whether the ground owes an answer for so long that it is taken to be gone. */
    boolean silent(long nowNanos) {
        boolean owed = exchange.isJoinLogged() && exchange.acknowledgedLeaves() < nextToSend;
        if (!owed) {
            return false;
        }
        return nowNanos - heardAtNanos > SILENCE_NANOS;
    }

    private void sendNewRecords(long nowNanos) {
        long acknowledged = exchange.acknowledgedLeaves();
        nextToSend =
                Math.max(nextToSend, Math.max(acknowledged, exchange.records().oldest()));
        long end = Math.min(exchange.records().size(), Math.max(acknowledged, nextToSend - SEND_WINDOW) + SEND_WINDOW);
        while (nextToSend < end) {
            sendRecord(nextToSend);
            nextToSend++;
        }
        if (acknowledged < nextToSend) {
            recordTimer.start(nowNanos);
        }
    }

    private void repeatRecords(long nowNanos) {
        if (!recordTimer.fires(nowNanos)) {
            return;
        }
        sendSubtrees(exchange.acknowledgedLeaves(), nextToSend);
        long from = Math.max(exchange.acknowledgedLeaves(), exchange.records().oldest());
        for (long index = from; index < Math.min(nextToSend, from + REPEATED_RECORDS); index++) {
            sendRecord(index);
        }
    }

    /**
     * The newest at once; and while the receiver catches up, the newest for which it has every leaf, so that it need not keep
     * all of them. Both again until they are attested.
     */
    private void sendCheckpoint(long nowNanos) {
        long attested = exchange.attestedSize();
        Optional<FlightCheckpoint> newest =
                exchange.checkpoints().newest().filter(checkpoint -> checkpoint.size() > attested);
        if (newest.isEmpty()) {
            checkpointTimer.reset();
            return;
        }
        Optional<FlightCheckpoint> usable = exchange.checkpoints()
                .newestWithin(exchange.acknowledgedLeaves())
                .filter(checkpoint -> checkpoint.size() > attested);
        boolean again = checkpointTimer.fires(nowNanos);
        if (again || newest.get().size() > sentCheckpointSize) {
            send(newest.get());
            sentCheckpointSize = newest.get().size();
        }
        if (usable.isPresent() && (again || usable.get().size() > sentUsableSize) && !usable.equals(newest)) {
            send(usable.get());
            sentUsableSize = usable.get().size();
        }
        checkpointTimer.start(nowNanos);
    }

    private void send(FlightCheckpoint checkpoint) {
        link.send(sender.seal(FrameKind.FRAME_KIND_CHECKPOINT, checkpoint.wire(), nowNanos));
    }

    private void sendRecord(long index) {
        exchange.records()
                .get(index)
                .ifPresent(record -> link.send(sender.seal(FrameKind.FRAME_KIND_RECORD, record, nowNanos)));
    }

    private void sendSubtrees(long from, long to) {
        exchange.records()
                .subtrees(from, to)
                .ifPresent(
                        subtrees -> link.send(sender.seal(FrameKind.FRAME_KIND_SUBTREES, subtrees.wire(), nowNanos)));
    }

    private void take(FrameKind kind, byte[] body) {
        try {
            switch (kind) {
                case FRAME_KIND_ACKNOWLEDGEMENT -> acknowledge(Acknowledgement.parseFrom(body));
                case FRAME_KIND_RECORD_REQUEST -> answer(RecordRequest.parseFrom(body));
                case FRAME_KIND_COMMAND -> command(body);
                default -> rejectMalformed();
            }
        } catch (InvalidProtocolBufferException e) {
            rejectMalformed();
        }
    }

    private void command(byte[] body) {
        if (!exchange.commands().receive(body, ground)) {
            rejectMalformed();
        }
    }

    private void acknowledge(Acknowledgement acknowledgement) {
        long leaves = acknowledgement.getNextLeafIndex();
        long attested = acknowledgement.getAttestedSize();
        if (leaves < 0 || leaves > exchange.records().size() || attested < 0 || attested > leaves) {
            rejectMalformed();
            return;
        }
        if (exchange.acknowledged(leaves, attested)) {
            recordTimer.reset();
            checkpointTimer.reset();
        }
    }

    private void answer(RecordRequest request) {
        if (request.getRangesCount() > MOST_RANGES || !exchange.isJoinLogged()) {
            rejectMalformed();
            return;
        }
        if (heardAtNanos - answeredAtNanos < BETWEEN_ANSWERS_NANOS) {
            return;
        }
        answeredAtNanos = heardAtNanos;
        int left = MOST_REQUESTED;
        for (LeafRange range : request.getRangesList()) {
            sendSubtrees(range.getFrom(), range.getTo());
            long from = Math.max(range.getFrom(), exchange.records().oldest());
            long to = Math.min(range.getTo(), nextToSend);
            for (long index = from; index < to && left > 0; index++) {
                sendRecord(index);
                left--;
            }
        }
    }

    /** What an authenticated peer sent and still is none of the messages it may send. */
    private void rejectMalformed() {
        exchange.rejections().count(RejectReason.MALFORMED);
    }
}
