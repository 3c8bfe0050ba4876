package io.kryla.airframe;

import io.kryla.link.LinkPace;
import io.kryla.session.SealedSender;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.LeafSubtrees;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Brings one log to one receiver (protocol.md §6.5): records in order and checkpoints, both again until they are
 * acknowledged, and what the receiver asks for. Link thread only; time comes in as an argument.
 */
final class LogDelivery {
    private static final int MOST_RANGES = 64;
    private static final long NOTHING_TIMED = -1;

    /** Where sealed bodies go. */
    interface Transmitter {
        /** @param body the caller's again when this returns, from {@code offset} on */
        void transmit(FrameKind kind, byte[] body, int offset, int length);

        default void transmit(FrameKind kind, byte[] body) {
            transmit(kind, body, 0, body.length);
        }

        /** Whether what is transmitted now would not be lost at once. */
        boolean hasRoom();
    }

    private final Receiver receiver;
    private final LogOutbox log;
    private final Transmitter out;
    private final LinkPace pace;
    private final RepeatTimer recordTimer;
    private final RepeatTimer checkpointTimer;
    /** What was just sent may not have arrived yet: a request that comes sooner after an answer is passed over. */
    private final long betweenAnswersNanos;

    /** So many hashes fit a datagram of the path. */
    private final int mostRoots;

    /** The record that is being sent. */
    private final byte[] record = new byte[SealedSender.MAX_BODY_BYTES];

    private long nextToSend;
    /** Whether records were left when there was no more room, the last time. */
    private boolean congested;
    /** Sent ahead of their turn, at which they are passed over. */
    private final TreeSet<Long> sentAhead = new TreeSet<>();

    /** A record, and a checkpoint's size, that was sent once and whose acknowledgement is being timed. */
    private long timedRecord = NOTHING_TIMED;

    private long timedRecordAtNanos;
    private long timedCheckpointSize = NOTHING_TIMED;
    private long timedCheckpointAtNanos;
    private long sentCheckpointSize;
    private long sentUsableSize;
    private long answeredAtNanos;

    LogDelivery(Receiver receiver, Transmitter out, LinkPace pace, long nowNanos) {
        this.receiver = receiver;
        this.log = receiver.log();
        this.out = out;
        this.pace = pace;
        this.recordTimer = new RepeatTimer(pace.roundTrip());
        this.checkpointTimer = new RepeatTimer(pace.roundTrip());
        this.betweenAnswersNanos = pace.roundTrip().toNanos() / 2;
        this.answeredAtNanos = nowNanos - betweenAnswersNanos;
        this.mostRoots = LeafSubtrees.mostRootsIn(pace.datagramBytes() - SealedSender.MAX_OVERHEAD_BYTES);
    }

    /** Sends what is due and returns how long nothing more will be, in nanoseconds. */
    long send(long nowNanos) {
        if (!receiver.isJoinLogged()) {
            return RepeatTimer.LONGEST_NANOS;
        }
        sendNewRecords(nowNanos);
        sendCheckpoint(nowNanos);
        repeatRecords(nowNanos);
        return Math.min(recordTimer.nanosUntilDue(nowNanos), checkpointTimer.nanosUntilDue(nowNanos));
    }

    private void sendNewRecords(long nowNanos) {
        long acknowledged = receiver.acknowledgedLeaves();
        nextToSend = Math.max(nextToSend, Math.max(acknowledged, log.records().oldest()));
        long end = Math.min(log.records().size(), Math.max(acknowledged, nextToSend - pace.window()) + pace.window());
        if (congested) {
            sendEventsAhead(acknowledged);
        }
        while (nextToSend < end && out.hasRoom()) {
            if (sentAhead.isEmpty() || !sentAhead.remove(nextToSend)) {
                sendRecord(nextToSend);
                if (timedRecord == NOTHING_TIMED) {
                    timedRecord = nextToSend;
                    timedRecordAtNanos = nowNanos;
                }
            }
            nextToSend++;
        }
        congested = nextToSend < log.records().size();
        if (acknowledged < nextToSend) {
            recordTimer.start(nowNanos);
        }
    }

    /** Periodic samples can wait for room, events should not; and an event need not wait for what was lost before it. */
    private void sendEventsAhead(long acknowledged) {
        if (!sentAhead.isEmpty()) {
            sentAhead.headSet(nextToSend).clear();
        }
        long end = acknowledged + 2L * pace.window();
        OptionalLong event = log.records().nextUrgent(sentAhead.isEmpty() ? nextToSend : sentAhead.last() + 1);
        while (event.isPresent() && event.getAsLong() < end && out.hasRoom()) {
            sendRecord(event.getAsLong());
            sentAhead.add(event.getAsLong());
            event = log.records().nextUrgent(event.getAsLong() + 1);
        }
    }

    private void repeatRecords(long nowNanos) {
        if (!recordTimer.fires(nowNanos)) {
            return;
        }
        timedRecord = NOTHING_TIMED;
        sendHashes(receiver.acknowledgedLeaves(), nextToSend);
        long from = Math.max(receiver.acknowledgedLeaves(), log.records().oldest());
        for (long index = from; index < Math.min(nextToSend, from + pace.repeated()); index++) {
            sendRecord(index);
        }
    }

    /**
     * The newest at once; and while the receiver catches up, the newest for which it has every leaf, so that it need not keep
     * all of them. Both again until they are attested.
     */
    private void sendCheckpoint(long nowNanos) {
        long attested = receiver.attestedSize();
        if (log.checkpoints().newestSize() <= attested) {
            checkpointTimer.reset();
            return;
        }
        FlightCheckpoint newest = log.checkpoints().newest().orElseThrow();
        boolean again = checkpointTimer.fires(nowNanos);
        if (again) {
            timedCheckpointSize = NOTHING_TIMED;
        } else if (newest.size() > sentCheckpointSize && timedCheckpointSize == NOTHING_TIMED) {
            timedCheckpointSize = newest.size();
            timedCheckpointAtNanos = nowNanos;
        }
        if (again || newest.size() > sentCheckpointSize) {
            send(newest);
            sentCheckpointSize = newest.size();
        }
        long acknowledged = receiver.acknowledgedLeaves();
        if (acknowledged < newest.size() && (again || acknowledged > sentUsableSize)) {
            log.checkpoints()
                    .newestWithin(acknowledged)
                    .filter(usable -> usable.size() > attested && (again || usable.size() > sentUsableSize))
                    .ifPresent(usable -> {
                        send(usable);
                        sentUsableSize = usable.size();
                    });
        }
        checkpointTimer.start(nowNanos);
    }

    private void send(FlightCheckpoint checkpoint) {
        out.transmit(FrameKind.FRAME_KIND_CHECKPOINT, checkpoint.wire());
    }

    private void sendRecord(long index) {
        int length = log.records().copy(index, record, 0);
        if (length >= 0) {
            out.transmit(FrameKind.FRAME_KIND_RECORD, record, 0, length);
        }
    }

    /** For the leaves from {@code from} on whose bodies are gone. */
    private void sendHashes(long from, long to) {
        log.records()
                .subtrees(from, to, mostRoots)
                .ifPresent(subtrees -> out.transmit(FrameKind.FRAME_KIND_SUBTREES, subtrees));
    }

    /** Returns whether it is an acknowledgement of this log. */
    boolean acknowledge(Acknowledgement acknowledgement, long nowNanos) {
        long leaves = acknowledgement.getNextLeafIndex();
        long attested = acknowledgement.getAttestedSize();
        if (leaves < 0 || leaves > log.records().size() || attested < 0 || attested > leaves) {
            return false;
        }
        if (timedRecord != NOTHING_TIMED && leaves > timedRecord) {
            recordTimer.measured(nowNanos - timedRecordAtNanos);
            timedRecord = NOTHING_TIMED;
        }
        if (timedCheckpointSize != NOTHING_TIMED && attested >= timedCheckpointSize) {
            checkpointTimer.measured(nowNanos - timedCheckpointAtNanos);
            timedCheckpointSize = NOTHING_TIMED;
        }
        if (receiver.acknowledged(leaves, attested)) {
            recordTimer.reset();
            checkpointTimer.reset();
        }
        return true;
    }

    /** Returns whether it is a request that a receiver of this log may make. */
    boolean answer(RecordRequest request, long nowNanos) {
        if (request.getRangesCount() > MOST_RANGES || !receiver.isJoinLogged()) {
            return false;
        }
        if (nowNanos - answeredAtNanos < betweenAnswersNanos) {
            return true;
        }
        answeredAtNanos = nowNanos;
        int left = pace.requested();
        for (LeafRange range : request.getRangesList()) {
            sendHashes(range.getFrom(), range.getTo());
            long from = Math.max(range.getFrom(), log.records().oldest());
            long to = Math.min(range.getTo(), nextToSend);
            for (long index = from; index < to && left > 0; index++) {
                timedRecord = index == timedRecord ? NOTHING_TIMED : timedRecord;
                sendRecord(index);
                left--;
            }
        }
        return true;
    }
}
